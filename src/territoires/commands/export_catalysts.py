"""`territoires export catalysts`: give the imported list back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def catalysts(
    file: Annotated[Path, typer.Argument(help="Fichier à écrire (.csv, .xlsx ou .geojson).")],
    with_contacts: Annotated[
        bool,
        typer.Option(
            "--contacts", help="Avec les contacts ; le fichier n’est lisible que de son propriétaire."
        ),
    ] = False,
) -> None:
    """Rendre l’annuaire importé, tel qu’il a été importé."""
    from territoires.catalysts.holding import read_held
    from territoires.config import read_settings
    from territoires.errors import TerritoiresError
    from territoires.model.formats import plural
    from territoires.model.levels import Level
    from territoires.store.store import open_store
    from territoires.web.exports.catalyst_list import ENDINGS, list_bytes

    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise TerritoiresError(f"Format inconnu : « {file.suffix} ». Attendu : {', '.join(ENDINGS)}.")
    settings = read_settings()
    held = read_held(settings.state)
    if not held.rows:
        raise TerritoiresError("Aucun annuaire n’a été importé : territoires import catalysts FICHIER.")
    store = open_store(settings.data, settings.geodata, settings.cache)
    contacts = held.contacts if with_contacts else None
    content = list_bytes(held.rows, contacts, ending, store.territories(Level.COMMUNE))
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if with_contacts else 0o644)
        with os.fdopen(descriptor, "wb") as handle:
            if with_contacts:
                os.fchmod(descriptor, 0o600)
            handle.write(content)
    except OSError as error:
        raise TerritoiresError(f"Impossible d’écrire {file} : {error.strerror}.") from error
    typer.echo(f"{plural(len(held.rows), 'organisation')} : {file}")
