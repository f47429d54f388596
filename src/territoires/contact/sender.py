"""The process that sends: `python -m territoires.contact.sender`, without threads, settings in the environment."""

from __future__ import annotations

import logging
import sys
import time

from territoires.catalysts.fields import email_of
from territoires.config import Settings, read_settings
from territoires.contact.outbox import Outbox
from territoires.contact.sending import finder, send_due, server_of
from territoires.errors import ConfigurationError, TerritoiresError


def can_send(settings: Settings) -> bool:
    """Whether a mail server and an address to send from are set; `ConfigurationError` where they mean nothing."""
    if not settings.smtp_url and not settings.mail_from:
        return False
    if not settings.smtp_url or not settings.mail_from:
        raise ConfigurationError(
            "TERRITOIRES_SMTP_URL et TERRITOIRES_MAIL_FROM vont ensemble : il en manque une."
        )
    server_of(settings.smtp_url)
    if email_of(settings.mail_from) is None:
        raise ConfigurationError("TERRITOIRES_MAIL_FROM : adresse illisible. Attendu : nom@domaine.fr.")
    return True


def send(settings: Settings, *, wait: bool = False, now: bool = False) -> int:
    """Send what is due; `now` makes every letter due. Return how many were accepted."""
    outbox = Outbox(settings.state)
    if now:
        outbox.hurry(time.time())
    find = finder(settings.state)
    return send_due(outbox, server_of(settings.smtp_url), settings.mail_from, find, wait=wait)


def main() -> int:
    """Send what is due, in silence; 2 when something of ours is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s : %(message)s")
    try:
        settings = read_settings()
        if can_send(settings):
            send(settings)
    except TerritoiresError as error:
        logging.getLogger(__name__).error("%s", error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
