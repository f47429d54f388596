"""`territoires import catalysts`: bring the list of one's own network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

#: Remarks written out; beyond, only their number is given.
MOST_REMARKS = 30


def catalysts(
    file: Annotated[Path, typer.Argument(help="Fichier CSV, XLSX ou GeoJSON.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vérifier sans rien changer.")] = False,
    who: Annotated[str, typer.Option("--par", help="Nom noté au journal.")] = "administration",
) -> None:
    """Importer l’annuaire des catalyseurs : il remplace celui importé auparavant, tout ou rien."""
    from territoires.catalysts.changing import put_list
    from territoires.catalysts.holding import read_removed
    from territoires.catalysts.importing import bring
    from territoires.catalysts.locating import Locator
    from territoires.config import read_settings
    from territoires.model.formats import plural
    from territoires.store.store import open_store

    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    brought = bring(file, Locator(store, settings.data, settings.geodata), read_removed(settings.state))
    for remark in brought.remarks[:MOST_REMARKS]:
        typer.echo(remark)
    if len(brought.remarks) > MOST_REMARKS:
        typer.echo(f"… et {len(brought.remarks) - MOST_REMARKS} autres remarques.")
    contacts = f"{plural(len(brought.contacts), 'contact')} avec consentement"
    counts = f"{plural(len(brought.rows), 'organisation')}, {contacts}"
    if dry_run:
        typer.echo(f"En ordre : {counts}. Rien n’a été changé (--dry-run).")
        return
    kept = brought.contacts if brought.has_contacts else None
    put_list(settings.state, brought.rows, kept, who=who, file=file.name)
    typer.echo(f"Annuaire importé : {counts}.")
