"""`territoires remove catalyst`: take an organisation off, with its contact and the messages on their way to it."""

from __future__ import annotations

from typing import Annotated

import typer


def catalyst(
    id: Annotated[str, typer.Argument(help="Identifiant de l’organisation.")],
    undo: Annotated[bool, typer.Option("--undo", help="Relever un retrait.")] = False,
    who: Annotated[str, typer.Option("--par", help="Nom noté au journal.")] = "administration",
) -> None:
    """Retirer une organisation de l’annuaire : sa fiche, son contact, et les messages qui lui étaient destinés."""
    from territoires.catalysts.changing import bring_back, remove
    from territoires.catalysts.directory import open_directory
    from territoires.config import read_settings
    from territoires.contact.outbox import Outbox
    from territoires.store.store import open_store

    settings = read_settings()
    if undo:
        bring_back(settings.state, id, who=who)
        typer.echo(f"Retrait levé : {id}.")
        return
    store = open_store(settings.data, settings.geodata, settings.cache)
    name = open_directory(settings.data, settings.state, store, demonstration=True).get(id).name
    remove(settings.state, id, who=who)
    left = Outbox(settings.state).forget(id)
    typer.echo(f"Retirée : {name} ({id}). Elle ne reviendra pas avec le prochain import.")
    if left:
        typer.echo(f"Messages en attente effacés : {left}.")
