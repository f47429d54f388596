"""Run every benchmark, or those named, with their options: `python -m benchmarks [sheets --batch] [serving] […]`."""

import importlib
import sys

ALL = ("store", "serving", "sheets", "sheet_load", "map_change", "catalysts")

#: Run when named only: it takes minutes.
APART = ("sheet_survey",)

if __name__ == "__main__":
    for name in [word for word in sys.argv[1:] if word in ALL + APART] or ALL:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
