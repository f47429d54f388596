"""`territoires demonstration catalysts`: make the invented organisations again, the same bytes."""

from __future__ import annotations

import typer


def catalysts() -> None:
    """Refaire les organisations inventées qui complètent l’annuaire (mêmes octets à chaque fois)."""
    from territoires.build.demonstration_catalysts import write_demonstration
    from territoires.config import read_settings
    from territoires.store.store import open_store

    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    count = write_demonstration(settings.data, store)
    typer.echo(
        f"{count} organisations inventées, toutes marquées « fictif » : data/catalysts/demonstration.csv"
    )
