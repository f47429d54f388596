# Everything a person or the CI runs. `make run` and `make test` are enough on a fresh clone.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint data bench screenshots lock chromium clean

run: $(VENV)/.run
	$(BIN)/territoires serve

test: $(VENV)/.dev chromium
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# make data SOURCES=folder rebuilds data/ and geodata/ from the producers' tables.
data: $(VENV)/.dev
	$(BIN)/territoires build --sources "$(SOURCES)"
	$(BIN)/territoires check

bench: $(VENV)/.dev chromium
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/.dev chromium
	$(BIN)/python -m docs.screenshots

# The environments hold exactly what the lock files say, hash by hash.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 ou plus récent est nécessaire.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@ $(VENV)/.run

# Browser tests drive Chromium without its own windows (chromium-headless-shell), or the Chromium of the system;
# where there is none, it is installed.
CHROMIUM = chromium-headless-shell
chromium: $(VENV)/.dev
	@command -v $(CHROMIUM) >/dev/null \
	|| { apt-get update -qq && apt-get install -y -qq $(CHROMIUM); } \
	|| { sudo -n apt-get update -qq && sudo -n apt-get install -y -qq $(CHROMIUM); } \
	|| command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	|| command -v google-chrome >/dev/null \
	|| $(BIN)/playwright install chromium

# Resolve the newest versions within the floors and caps of pyproject.toml, with hashes and without addresses.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 pyproject.toml -o requirements.lock
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 --extra build --extra dev pyproject.toml -o requirements-dev.lock
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) out
