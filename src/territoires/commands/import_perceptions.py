"""`territoires import perceptions`: bring one's own survey."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer


def perceptions(
    file: Annotated[Path | None, typer.Argument(help="Fichier CSV ou XLSX à importer.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tout vérifier, ne rien écrire.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Dire ce que le fichier doit contenir.")] = False,
    template: Annotated[
        Path | None, typer.Option("--template", help="Écrire un modèle à remplir (.csv ou .xlsx).")
    ] = None,
    who: Annotated[str, typer.Option("--who", help="Qui importe ; par défaut, le compte du système.")] = "",
) -> None:
    """Importer une enquête sur les fragilités ressenties : des chiffres, ou les réponses elles-mêmes."""
    from territoires.errors import TerritoiresError
    from territoires.imports.perception_schema import describe

    if schema:
        typer.echo(describe())
    elif template is not None:
        _write_template(template)
    elif file is None:
        raise TerritoiresError(
            "Aucun fichier donné. Attendu : territoires import perceptions FICHIER (ou --schema)."
        )
    else:
        _import(file, dry_run=dry_run, who=who or getpass.getuser())


def _write_template(path: Path) -> None:
    """Write the template in the format of the file's name."""
    from territoires.errors import TerritoiresError
    from territoires.imports.perception_schema import template_csv
    from territoires.imports.template import template_workbook

    makers = {".csv": lambda: b"\xef\xbb\xbf" + template_csv().encode(), ".xlsx": template_workbook}
    make = makers.get(path.suffix.lower())
    if make is None:
        raise TerritoiresError(f"Format inconnu : « {path.suffix} ». Attendu : un fichier .csv ou .xlsx.")
    try:
        path.write_bytes(make())
    except OSError as error:
        raise TerritoiresError(f"Impossible d’écrire {path} : {error.strerror}.") from error
    typer.echo(f"Modèle écrit : {path}")


def _import(path: Path, *, dry_run: bool, who: str) -> None:
    """Import a file; every problem is written on its own line, and the exit code is then 2."""
    from territoires.config import read_settings
    from territoires.imports.perceptions import import_survey
    from territoires.imports.problems import RefusedError
    from territoires.model.formats import plural
    from territoires.model.levels import Level
    from territoires.store.store import open_store

    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    places = {
        level: dict(zip(territories.codes, territories.names, strict=True))
        for level, territories in ((level, store.territories(level)) for level in Level)
    }
    try:
        outcome = import_survey(path, places, settings.state, who=who, dry_run=dry_run)
    except RefusedError as refused:
        for problem in refused.problems:
            typer.echo(str(problem), err=True)
        count = len(refused.problems)
        typer.echo(
            f"{refused.file} : {count} problème{'s' if count > 1 else ''}, rien n’a été importé.", err=True
        )
        raise typer.Exit(2) from refused
    for remark in outcome.remarks:
        typer.echo(remark)
    done = "À importer" if dry_run else "Importé"
    typer.echo(
        f"{done} : {plural(len(outcome.figures), 'valeur')}, dont {outcome.replaced} en remplacement ; "
        f"{outcome.total} importées en tout."
    )
    if not dry_run:
        typer.echo("Le service les montre dès maintenant, sans redémarrer.")
