"""The command line: `territoires serve | build | check | diff | sheet | sheets | …`.

Every error this package raises on purpose is one clear line and exit code 2; nobody sees a traceback for a
file that is missing or wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from territoires.commands import demonstration_app, export_app, import_app, outbox_app, remove_app
from territoires.commands.seal import seal
from territoires.commands.sheets import sheets
from territoires.config import PROJECT, read_settings
from territoires.errors import TerritoiresError
from territoires.model.levels import Level
from territoires.model.sizes import Stratum

app = typer.Typer(
    name="territoires",
    help="Tableau de bord des fragilités des territoires français.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(import_app)
app.add_typer(demonstration_app)
app.add_typer(export_app)
app.add_typer(outbox_app)
app.add_typer(remove_app)
app.command()(sheets)
app.command()(seal)
console = Console(stderr=True)


class Bars:
    """Progress of a build on the terminal: one bar per stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins, made of `total` steps where that is known."""
        self._finish()
        self._task = self._progress.add_task(name, total=total, detail="")

    def step(self, name: str) -> None:
        """One step of the stage begins."""
        if self._task is not None:
            self._progress.update(self._task, advance=1, detail=name[:40])

    def _finish(self) -> None:
        if self._task is not None:
            task = self._progress.tasks[self._task]
            self._progress.update(
                self._task, total=task.completed or 1, completed=task.completed or 1, detail=""
            )

    def done(self) -> None:
        """Nothing more will happen."""
        self._finish()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.")] = 8050,
    workers: Annotated[int, typer.Option(help="Nombre de processus.")] = 2,
    debug: Annotated[bool, typer.Option("--debug", help="Serveur de développement de Dash.")] = False,
) -> None:
    """Servir le tableau de bord sur les données livrées."""
    from territoires.store.layout import lay_out
    from territoires.store.manifest import read_manifest, verify

    settings = read_settings()
    manifest = read_manifest(settings.data)
    verify(manifest, settings.data, settings.geodata)
    if settings.cache is not None:
        try:
            lay_out(manifest, settings.data, settings.geodata, settings.cache)
        except OSError as error:
            console.print(f"Cache inutilisable ({error}) : les données seront lues en mémoire.")
    console.print(f"Territoires est servi à l’adresse http://{host}:{port} (Ctrl+C pour arrêter).")
    if debug:
        from territoires.web.application import create_app

        create_app(settings).run(host=host, port=port, debug=True)
        return
    from territoires.web.serving import run_workers

    run_workers(settings, host, port, workers)


@app.command()
def build(
    sources: Annotated[Path, typer.Option(help="Dossier des tables (tables/*.parquet).")],
    lists: Annotated[
        Path | None,
        typer.Option(help="Dossier des listes de territoires ; par défaut, geo/ à côté des sources."),
    ] = None,
    outlines: Annotated[
        Path | None,
        typer.Option(help="Contours des communes ; par défaut, téléchargés depuis le registre Python."),
    ] = None,
    keep_geometry: Annotated[
        bool, typer.Option("--keep-geometry", help="Reprendre les géométries déjà livrées.")
    ] = False,
) -> None:
    """Construire data/ et geodata/ à partir des fichiers des producteurs."""
    from territoires.build.run import Inputs
    from territoires.build.run import build as run_build
    from territoires.sources.geography import fetch_outlines

    settings = read_settings()
    listed = lists or sources.resolve().parent / "geo"
    archive = None if keep_geometry else (outlines or fetch_outlines(PROJECT / "out"))
    columns = (
        TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[detail]}"),
    )  # fmt: skip
    with Progress(*columns, console=console) as progress:
        bars = Bars(progress)
        version = run_build(Inputs(sources, listed, archive, settings.data, settings.geodata), bars)
        bars.done()
    typer.echo(f"Données publiées, version {version[:12]}. Rapport : {settings.data / 'report.md'}")


@app.command()
def check() -> None:
    """Vérifier les données livrées : une ligne par contrôle."""
    from territoires.analysis.checks import run_checks

    settings = read_settings()
    failed = 0
    for result in run_checks(settings.data, settings.geodata):
        failed += not result.passed
        typer.echo(f"{'ok   ' if result.passed else 'ÉCHEC'} {result.name} : {result.detail}")
    if failed:
        raise TerritoiresError(f"{failed} contrôle(s) en échec.")


@app.command()
def diff(
    old: Annotated[
        Path, typer.Argument(help="Dossier de la version de départ (contient data/ et geodata/).")
    ],
    new: Annotated[Path, typer.Argument(help="Dossier de la version d’arrivée.")],
) -> None:
    """Dire ce qui a changé entre deux constructions."""
    from territoires.analysis.differences import differences
    from territoires.store.store import open_store

    stores = [open_store(folder / "data", folder / "geodata", None) for folder in (old, new)]
    lines = 0
    for line in differences(*stores):
        typer.echo(line)
        lines += 1
    if lines == 1:
        typer.echo("Rien n’a changé.")


@app.command()
def sheet(
    level: Annotated[Level, typer.Argument(help="Échelon.")],
    code: Annotated[str, typer.Argument(help="Code du territoire.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Fichier à écrire (.pdf ou .xlsx).")],
    size: Annotated[
        list[Stratum] | None, typer.Option("--taille", help="Taille des communes retenues (répétable).")
    ] = None,
) -> None:
    """Produire la fiche Repères d’un territoire."""
    from territoires.catalysts.directory import open_directory
    from territoires.sheets.content import compose
    from territoires.sheets.pdf import render_pdf
    from territoires.sheets.workbook import render_workbook
    from territoires.store.perceptions import open_perceptions
    from territoires.store.store import open_store

    renderers = {".pdf": render_pdf, ".xlsx": render_workbook}
    render = renderers.get(output.suffix.lower())
    if render is None:
        raise TerritoiresError(f"Format inconnu : « {output.suffix} ». Attendu : un fichier .pdf ou .xlsx.")
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    annex = output.suffix.lower() == ".xlsx"
    survey = open_perceptions(settings.data, settings.state, demonstration=settings.demonstration)
    directory = open_directory(settings.data, settings.state, store, demonstration=settings.demonstration)
    composed = compose(store, level, code, tuple(size or ()), annex=annex, survey=survey, directory=directory)
    try:
        output.write_bytes(render(composed))
    except OSError as error:
        raise TerritoiresError(f"Impossible d’écrire {output} : {error.strerror}.") from error
    typer.echo(f"Fiche écrite : {output}")


def main() -> None:
    """Run the command line; errors of ours end with one line and exit code 2."""
    try:
        app()
    except TerritoiresError as error:
        console.print(
            f"[bold]Erreur[/bold] {escape(str(error))}", markup=True, highlight=False, soft_wrap=True
        )
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
