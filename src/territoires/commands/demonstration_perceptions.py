"""`territoires demonstration perceptions`: draw the simulated answers again, the same bytes."""

from __future__ import annotations

import typer


def perceptions() -> None:
    """Refaire les réponses simulées (mêmes octets à chaque fois)."""
    from territoires.build.demonstration_perceptions import write_demonstration
    from territoires.config import read_settings
    from territoires.store.store import open_store

    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    count = write_demonstration(settings.data, store)
    typer.echo(f"{count} réponses inventées, toutes marquées « simulé » : data/perceptions/demonstration.csv")
