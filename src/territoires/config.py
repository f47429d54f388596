"""Settings, read from the environment once, in one place.

| variable | meaning | default |
|---|---|---|
| `TERRITOIRES_DATA` | folder of the shipped data | `data/` beside the project |
| `TERRITOIRES_GEODATA` | folder of the shipped geometries | `geodata/` beside the project |
| `TERRITOIRES_CACHE` | where the mapped copy is laid out; empty string: memory only | the user's cache folder |
| `TERRITOIRES_PUBLIC_URL` | address of the site as the public knows it, printed on sheets | none |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are; see the table above."""

    data: Path
    geodata: Path
    assets: Path
    cache: Path | None
    public_url: str


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings given by `environment` (the process's own by default)."""
    env = os.environ if environment is None else environment
    cache = env.get("TERRITOIRES_CACHE")
    if cache is None:
        home = env.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        cache = str(Path(home) / "territoires")
    return Settings(
        data=Path(env.get("TERRITOIRES_DATA") or PROJECT / "data"),
        geodata=Path(env.get("TERRITOIRES_GEODATA") or PROJECT / "geodata"),
        assets=PROJECT / "assets",
        cache=Path(cache) if cache else None,
        public_url=env.get("TERRITOIRES_PUBLIC_URL", "").rstrip("/"),
    )
