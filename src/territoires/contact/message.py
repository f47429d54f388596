"""A message that a visitor writes to an organisation: what it may hold, and the letters made of it.

Nothing that a visitor writes reaches a header unchecked: a name has no line break, an address is one address, and
`email.policy` refuses what these checks would have let through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from territoires.catalysts.fields import email_of

#: Shortest and longest texts (characters).
SHORTEST_NAME, LONGEST_NAME = 2, 100
SHORTEST_MESSAGE, LONGEST_MESSAGE = 10, 5_000

#: The fields of the form, in their order.
FIELDS: tuple[str, ...] = ("name", "email", "message")

#: What no line of a header may hold: control characters, and the separators of lines of Unicode.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

#: The same in a message, where line breaks and tabulations are welcome.
CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")

SUBJECT = "Message reçu par Territoires"
COPY_SUBJECT = "Copie de votre message, transmis par Territoires"


@dataclass(frozen=True, slots=True)
class Draft:
    """A message in order: who writes, the address to answer to, and what is said."""

    name: str
    email: str
    message: str


def check(form: Mapping[str, str]) -> tuple[Draft | None, dict[str, str]]:
    """Return the message of a form, or None and what is wrong with each field (French phrases)."""
    name, email = form.get("name", "").strip(), form.get("email", "").strip()
    message = form.get("message", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    wrong: dict[str, str] = {}
    if CONTROL.search(name):
        wrong["name"] = "Le nom tient sur une ligne, sans caractère invisible."
    elif not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        wrong["name"] = f"Indiquez votre nom, de {SHORTEST_NAME} à {LONGEST_NAME} caractères."
    if email_of(email) is None:
        wrong["email"] = "Indiquez une adresse électronique, par exemple nom@exemple.fr."
    if CONTROL_IN_TEXT.search(message):
        wrong["message"] = "Le message contient un caractère invisible : recopiez-le sans mise en forme."
    elif len(message) < SHORTEST_MESSAGE:
        wrong["message"] = f"Écrivez votre message, en {SHORTEST_MESSAGE} caractères au moins."
    elif len(message) > LONGEST_MESSAGE:
        wrong["message"] = f"Le message compte {len(message)} caractères : {LONGEST_MESSAGE} au plus."
    return (None, wrong) if wrong else (Draft(name, email, message), {})


def letter(draft: Draft, organisation: str, recipient: str, sender: str, identifier: str) -> bytes:
    """Return the letter to the organisation; answering it writes to the visitor."""
    text = (
        f"{draft.name} vous écrit par le formulaire de Territoires, où figure {organisation}.\n"
        f"Pour répondre, répondez à ce courriel : votre adresse n’a pas été communiquée.\n\n"
        f"{draft.message}\n"
    )
    made = _letter(SUBJECT, text, recipient, sender, f"{draft.name} (par Territoires)", identifier)
    made["Reply-To"] = Address(draft.name, addr_spec=draft.email)
    return made.as_bytes(policy=SMTP)


def copy(draft: Draft, organisation: str, sender: str, identifier: str) -> bytes:
    """Return the copy that the visitor gets; the address of the organisation is nowhere in it."""
    text = (
        f"Votre message a été transmis à {organisation}. En voici la copie.\n"
        f"Si vous n’avez rien écrit, ne tenez pas compte de ce courriel.\n\n"
        f"{draft.message}\n"
    )
    made = _letter(COPY_SUBJECT, text, draft.email, sender, "Territoires", identifier)
    made["Auto-Submitted"] = "auto-replied"
    return made.as_bytes(policy=SMTP)


def _letter(
    subject: str, text: str, recipient: str, sender: str, shown: str, identifier: str
) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(shown, addr_spec=sender)
    made["To"] = Address(addr_spec=recipient)
    made["Subject"] = subject
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = f"<{identifier}@{sender.rpartition('@')[2]}>"
    made.set_content(text)
    return made
