"""The sub-commands that each have a module of their own: `territoires import …`, `territoires demonstration …`.

A module here imports what it computes with inside its function, so that `territoires --help` stays quick.
"""

from __future__ import annotations

import typer

from territoires.commands import (
    demonstration_catalysts,
    demonstration_perceptions,
    export_catalysts,
    import_catalysts,
    import_perceptions,
    outbox_send,
    remove_catalyst,
)

import_app = typer.Typer(
    name="import", help="Importer une enquête ou un annuaire.", no_args_is_help=True, add_completion=False
)
demonstration_app = typer.Typer(
    name="demonstration",
    help="Refaire les données de démonstration, toutes marquées comme inventées.",
    no_args_is_help=True,
    add_completion=False,
)

export_app = typer.Typer(
    name="export", help="Rendre ce qui a été importé.", no_args_is_help=True, add_completion=False
)
remove_app = typer.Typer(
    name="remove", help="Retirer ce qui a été importé ou livré.", no_args_is_help=True, add_completion=False
)

outbox_app = typer.Typer(
    name="outbox", help="Les messages en attente d’envoi.", no_args_is_help=True, add_completion=False
)

import_app.command("perceptions")(import_perceptions.perceptions)
import_app.command("catalysts")(import_catalysts.catalysts)
export_app.command("catalysts")(export_catalysts.catalysts)
remove_app.command("catalyst")(remove_catalyst.catalyst)
outbox_app.command("send")(outbox_send.send)
demonstration_app.command("perceptions")(demonstration_perceptions.perceptions)
demonstration_app.command("catalysts")(demonstration_catalysts.catalysts)


@export_app.callback()
@outbox_app.callback()
@remove_app.callback()
def _named() -> None:
    """Keep the name of a command that is alone in its group."""
