"""What a page tells its scripts: JSON in a block of the page, that no content can close."""

from __future__ import annotations

import json

from markupsafe import Markup

#: Characters that would end a data block, as JSON escapes.
ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def json_markup(content: object) -> Markup:
    """Return `content` as JSON that may stand in a page as it is."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return Markup(text)  # noqa: S704 - JSON whose characters that HTML reads are escaped


def data_block(id: str, content: object) -> Markup:
    """Return the block that a script finds by its `id`."""
    return Markup('<script type="application/json" id="{}">{}</script>').format(id, json_markup(content))
