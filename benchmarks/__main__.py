"""Run every benchmark, or those named: `python -m benchmarks [store] [serving] [sheets] [sheet_load] […]`."""

import importlib
import sys

ALL = ("store", "serving", "sheets", "sheet_load", "map_change", "catalysts")

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
