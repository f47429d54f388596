"""Settings, read from the environment once, in one place.

| variable | meaning | default |
|---|---|---|
| `TERRITOIRES_DATA` | folder of the shipped data | `data/` beside the project |
| `TERRITOIRES_GEODATA` | folder of the shipped geometries | `geodata/` beside the project |
| `TERRITOIRES_CACHE` | where the mapped copy is laid out; empty string: memory only | the user's cache folder |
| `TERRITOIRES_PUBLIC_URL` | address of the site as the public knows it, printed on sheets | none |
| `TERRITOIRES_STATE` | what an installation adds: imports and their journal, messages on their way | `var/` beside it |
| `TERRITOIRES_DEMONSTRATION` | `0` removes every simulated figure and fictitious organisation, everywhere | `1` |
| `TERRITOIRES_SMTP_URL` | mail server, `smtp://user:password@host:587` (or `smtps://`) | none: no message taken |
| `TERRITOIRES_MAIL_FROM` | address that messages leave from | none |
| `TERRITOIRES_CONTACT` | address of whoever answers about accessibility and figures | none |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from territoires.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are; see the table above."""

    data: Path
    geodata: Path
    assets: Path
    cache: Path | None
    public_url: str
    state: Path = PROJECT / "var"
    demonstration: bool = True
    smtp_url: str = ""
    mail_from: str = ""
    contact: str = ""


def _switch(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Read a switch, "0" or "1"; `ConfigurationError` for anything else, so that a typing mistake hides nothing."""
    word = env.get(name, "").strip()
    if word not in ("", "0", "1"):
        raise ConfigurationError(f"{name}={word!r} : attendu « 0 » ou « 1 ».")
    return default if word == "" else word == "1"


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
        state=Path(env.get("TERRITOIRES_STATE") or PROJECT / "var"),
        demonstration=_switch(env, "TERRITOIRES_DEMONSTRATION", default=True),
        smtp_url=env.get("TERRITOIRES_SMTP_URL", ""),
        mail_from=env.get("TERRITOIRES_MAIL_FROM", ""),
        contact=env.get("TERRITOIRES_CONTACT", ""),
    )
