"""`territoires sheets`: the sheets of a whole level, by several processes, as often as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from territoires.model.levels import Level
from territoires.model.sizes import STRATA

if TYPE_CHECKING:
    from territoires.sheets.cluster import Outcome

ALL = "all"


def sheets(
    out: Annotated[Path, typer.Option("--out", help="Dossier où écrire les fiches.")],
    level: Annotated[Level, typer.Option("--level", help="Échelon.")] = Level.REGION,
    strata: Annotated[
        list[str] | None,
        typer.Option(
            "--strata",
            help=f"Taille des communes ({', '.join(STRATA)}), répétable ; « {ALL} » : toutes ensemble, puis chacune.",
        ),
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", help="Code d’un territoire, répétable ; par défaut, tous.")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--format", help="pdf (par défaut) ou xlsx, répétable.")
    ] = None,
    annexe: Annotated[
        bool, typer.Option("--annexe", help="Joindre le classeur de tous les indicateurs à chaque fiche.")
    ] = False,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Ordonnanceur Dask (tcp://…) ; par défaut, cette machine.")
    ] = "",
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Nombre de processus ; 0 : un par cœur.")
    ] = 0,
) -> None:
    """Produire les fiches Repères d’un échelon ; celles qui sont à jour ne sont pas refaites."""
    from territoires.config import read_settings
    from territoires.errors import TerritoiresError
    from territoires.sheets.batch import Format, every_scope, opened, plan
    from territoires.sheets.cluster import produce
    from territoires.sheets.content import SHEET_LEVELS
    from territoires.sheets.ledger import Ledger

    if level not in SHEET_LEVELS:
        raise TerritoiresError(f"Il n’y a pas de fiche Repères à l’échelon « {level} ».")
    words = strata or []
    forms = list(dict.fromkeys([*(form or ["pdf"]), *(["xlsx"] if annexe else [])]))
    _known(words, "Taille inconnue", (ALL, *STRATA), f"{ALL}, {', '.join(STRATA)}")
    _known(forms, "Format inconnu", tuple(Format), "pdf ou xlsx")
    chosen = tuple(stratum for stratum in STRATA if stratum in words)
    settings = read_settings()
    orders = plan(
        opened(settings).store.territories(level),
        code or [],
        every_scope() if ALL in words else [chosen],
        [Format(word) for word in forms],
    )
    outcomes = list(
        _shown(produce(orders, Ledger(out), settings, scheduler=scheduler, workers=workers), len(orders))
    )
    failed = [each for each in outcomes if each.failure]
    already = sum(each.already for each in outcomes if not each.failure)
    made = len(outcomes) - len(failed) - already
    typer.echo(f"{made} fiches faites, {already} déjà à jour, {len(failed)} en échec : {out}")
    for each in failed:
        typer.echo(f"{each.order.file} ({each.order.code}) : {each.failure}", err=True)
    if failed:
        raise TerritoiresError(
            f"{len(failed)} fiches sur {len(orders)} n’ont pas pu être faites (voir la liste)."
        )


def _known(words: Iterable[str], said: str, known: tuple[str, ...], expected: str) -> None:
    """Refuse (`TerritoiresError`) the first word that is not `known`."""
    from territoires.errors import TerritoiresError

    for word in words:
        if word not in known:
            raise TerritoiresError(f"{said} : « {word} ». Attendu : {expected}.")


def _shown(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Yield the outcomes as they come, with a bar that says how far the batch is."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[detail]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Fiches", total=total, detail="")
        for outcome in outcomes:
            progress.update(task, advance=1, detail=escape(outcome.order.file[:60]))
            yield outcome
