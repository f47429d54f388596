"""Run every benchmark, or those named, with their options: `python -m benchmarks [sheets --batch] [serving] […]`."""

import importlib
import sys
from itertools import takewhile

ALL = ("store", "serving", "sheets", "sheet_load", "map_change", "catalysts")

if __name__ == "__main__":
    named = list(takewhile(lambda word: not word.startswith("-"), sys.argv[1:]))
    for name in named or ALL:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
