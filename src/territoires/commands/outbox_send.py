"""`territoires outbox send`: send the messages that wait, and say how many are left."""

from __future__ import annotations

from typing import Annotated

import typer


def send(
    now: Annotated[
        bool, typer.Option("--now", help="Sans attendre l’heure du prochain essai, abandons compris.")
    ] = False,
) -> None:
    """Envoyer les messages en attente (les serveurs le font d’eux-mêmes)."""
    from territoires.config import read_settings
    from territoires.contact.outbox import Outbox
    from territoires.contact.sender import can_send
    from territoires.contact.sender import send as send_letters
    from territoires.errors import ConfigurationError

    settings = read_settings()
    if not can_send(settings):
        raise ConfigurationError("Aucun serveur de courrier : TERRITOIRES_SMTP_URL et TERRITOIRES_MAIL_FROM.")
    accepted = send_letters(settings, wait=True, now=now)
    counts = Outbox(settings.state).counts()
    typer.echo(
        f"Envoyés : {accepted}. En attente : {counts.waiting}. Abandonnés : {counts.abandoned}. "
        f"Renvoyés faute de réponse finale : {counts.unsure}."
    )
