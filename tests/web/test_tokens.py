"""The colours of the interface are told apart by those who see less, on screen and in grey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from territoires.config import read_settings


def read_colours(folder: Path) -> dict[str, str]:
    """Return the colours of tokens.css by name."""
    text = (folder / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", text))


COLOURS = read_colours(read_settings().assets)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize(
    "text", ["ink", "ink-soft", "accent", "economic", "social", "societal", "environmental"]
)
def test_texts_are_read_at_4_5(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_texts_on_colour_are_read_at_4_5() -> None:
    assert contrast("accent-ink", "accent") >= 4.5
    assert contrast("ink", "notice") >= 4.5
    assert contrast("ink", "accent-soft") >= 4.5
    assert contrast("ink-soft", "accent-soft") >= 4.5


@pytest.mark.parametrize("mark", ["edge", "accent", "notice-edge"])
def test_borders_that_must_be_seen_stand_at_3(mark: str) -> None:
    assert contrast(mark, "paper") >= 3
    assert contrast(mark, "surface") >= 3


@pytest.mark.parametrize(("ramp", "steps"), [("seq", 7), ("seq5", 5), ("neutral", 7)])
def test_a_ramp_darkens_at_every_step_so_that_it_reads_in_grey(ramp: str, steps: int) -> None:
    for step in range(1, steps):
        assert luminance(COLOURS[f"{ramp}-{step}"]) > luminance(COLOURS[f"{ramp}-{step + 1}"])
        least = 1.25 if steps == 7 else 1.5
        assert contrast(f"{ramp}-{step}", f"{ramp}-{step + 1}") >= least


def test_a_diverging_ramp_darkens_on_both_sides_of_its_centre() -> None:
    shades = [luminance(COLOURS[f"div-{step}"]) for step in range(1, 8)]
    assert shades[:4] == sorted(shades[:4])
    assert shades[3:] == sorted(shades[3:], reverse=True)


def test_the_sheets_and_the_page_of_the_site_draw_with_the_same_colours() -> None:
    from territoires.sheets.drawing import FILLS

    shared = {name: fill for name, fill in FILLS.items() if name in COLOURS}
    assert shared
    assert shared == {name: COLOURS[name] for name in shared}
