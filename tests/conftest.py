"""What tests share: the small invented country built by the real build, the shipped data, and a server."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chromium import launch_arguments
from territoires.build.run import Inputs, build
from territoires.config import Settings, read_settings
from territoires.store.store import TableStore, open_store
from tests.country import write_geography
from tests.country_tables import write_catalogue, write_tables


class Quiet:
    """A progress that says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins."""

    def step(self, name: str) -> None:
        """A step begins."""


@dataclass(frozen=True)
class Country:
    """The folders of the invented country: what the build read, and what it published."""

    inputs: Inputs
    settings: Settings
    version: str

    def copy(self, folder: Path) -> Inputs:
        """Copy everything the build reads into `folder`, so that a test can spoil it."""
        for name in ("sources", "lists", "data", "geodata"):
            shutil.copytree(getattr(self.inputs, name), folder / name)
        return replace(
            self.inputs,
            sources=folder / "sources",
            lists=folder / "lists",
            data=folder / "data",
            geodata=folder / "geodata",
        )


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """The invented country, built once by the real build."""
    folder = tmp_path_factory.mktemp("country")
    lists = folder / "lists"
    lists.mkdir()
    outlines = write_geography(lists)
    write_tables(folder / "sources", lists)
    write_catalogue(folder / "data")
    inputs = Inputs(folder / "sources", lists, outlines, folder / "data", folder / "geodata")
    version = build(inputs, Quiet())
    settings = replace(
        read_settings({"TERRITOIRES_CACHE": str(folder / "cache"), "TERRITOIRES_STATE": str(folder / "var")}),
        data=inputs.data,
        geodata=inputs.geodata,
    )
    return Country(inputs, settings, version)


@pytest.fixture(scope="session")
def country_store(country: Country) -> TableStore:
    """The store on the invented country."""
    return open_store(country.settings.data, country.settings.geodata, country.settings.cache)


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the shipped data, with a cache of their own."""
    return read_settings(
        {
            "TERRITOIRES_CACHE": str(tmp_path_factory.mktemp("cache")),
            "TERRITOIRES_STATE": str(tmp_path_factory.mktemp("var")),
        }
    )


@pytest.fixture(scope="session")
def shipped_store(shipped_settings: Settings) -> TableStore:
    """The store on the shipped data."""
    return open_store(shipped_settings.data, shipped_settings.geodata, shipped_settings.cache)


@pytest.fixture(scope="session")
def client(country: Country) -> Any:
    """A client of the application on the invented country."""
    from territoires.web.application import create_app

    return create_app(country.settings).server.test_client()


@pytest.fixture(scope="session")
def shipped_app(shipped_settings: Settings, shipped_store: TableStore) -> Any:
    """The application on the shipped data."""
    from territoires.web.application import create_app

    return create_app(shipped_settings, store=shipped_store)


@pytest.fixture(scope="session")
def shipped_client(shipped_app: Any) -> Any:
    """A client of the application on the shipped data."""
    return shipped_app.server.test_client()


@pytest.fixture(scope="session")
def live_server(shipped_app: Any) -> Iterator[str]:
    """The address of the application on the shipped data, served on loopback for the browser tests."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, shipped_app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the Chromium of the system where there is one, without any request of its own."""
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture(scope="session")
def axe_faults() -> Callable[[Any], list[str]]:
    """Ask axe-core (every rule of WCAG 2.0 to 2.2, A and AA, and its best practices) what is wrong with a page.

    Returns one line per element at fault: rule, impact, selector. The script comes from an installed package and
    is evaluated by the driver, so the page's content-security policy is left as visitors get it.
    """
    script = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    def faults(page: Any) -> list[str]:
        page.evaluate(f"() => {{ {script} }}")
        found = page.evaluate(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
        )
        return [
            f"{rule['id']} ({rule['impact']}) : {' '.join(map(str, node['target']))}"
            for rule in found
            for node in rule["nodes"]
        ]

    return faults


@pytest.fixture
def watched_page(page: Any, live_server: str) -> Iterator[Any]:
    """A page whose test fails on any console message of error or warning, page error, or foreign request."""
    faults: list[str] = []
    allowed = (live_server, "data:", "blob:", "about:")

    def on_console(message: Any) -> None:
        if message.type in ("error", "warning"):
            faults.append(f"console : {message.text}")

    def on_request(request: Any) -> None:
        if not request.url.startswith(allowed):
            faults.append(f"requête vers un autre hôte : {request.url}")

    listeners: list[tuple[str, Callable[[Any], None]]] = [
        ("console", on_console),
        ("pageerror", lambda error: faults.append(f"erreur de page : {error}")),
        ("request", on_request),
    ]
    for event, listener in listeners:
        page.on(event, listener)
    yield page
    assert faults == []
