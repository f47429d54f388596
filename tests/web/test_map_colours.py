"""What a range highlights on the map is told from what it does not, without colour."""

from __future__ import annotations

import re

from territoires.config import read_settings
from tests.web.test_tokens import COLOURS, contrast


def test_highlighted_and_other_territories_are_told_apart_in_grey() -> None:
    palette = (read_settings().assets / "carte" / "palette.js").read_text(encoding="utf-8")
    found = re.search(r'"(#[0-9a-f]{6})", token\("surface"\), token\("brushed"\)', palette)
    assert found
    COLOURS["others"] = found[1]
    assert contrast("brushed", "others") >= 3
    assert contrast("brushed", "surface") >= 3
    assert contrast("accent", "brushed") >= 2, "the outline of the followed territory is seen over it"
