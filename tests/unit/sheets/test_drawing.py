"""The map of a sheet: one palette with the interface, a pattern for each missing value."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from territoires.model.indicators import Status
from territoires.sheets.drawing import FILLS, HATCHINGS, draw_map, draw_swatch
from tests.unit.sheets.sheet_samples import sheet

TOKENS = (Path(__file__).parents[3] / "assets" / "tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind for kind in FILLS if kind[-1].isdigit()])
def test_fills_are_those_of_the_interface(kind):
    assert re.search(rf"--{kind}: {FILLS[kind]};", TOKENS)


def test_every_missing_value_has_its_own_hatching():
    assert set(HATCHINGS) == {status.word for status in Status if status is not Status.OK}
    assert len(set(HATCHINGS.values())) == len(HATCHINGS)


def test_classes_darken_in_grey():
    def lightness(colour):
        red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    grey = [lightness(FILLS[f"seq5-{k}"]) for k in range(1, 6)]
    assert all(light - dark > 25 for light, dark in pairwise(grey))


def test_map_is_a_drawing_with_words_a_pattern_and_a_scale():
    drawn = draw_map(sheet().map)
    assert ElementTree.fromstring(drawn.svg).tag.endswith("svg")  # noqa: S314 - our own drawing
    assert 'aria-label="Carte de Région d’essai."' in drawn.svg
    assert 'fill="url(#carte-secret)"' in drawn.svg
    assert "10\u202fkm</text>" in drawn.svg


def test_a_name_cannot_leave_the_words_of_a_map():
    drawn = draw_map(replace(sheet().map, alt='"><script>alert(1)</script>'))
    assert "<script>" not in drawn.svg


@pytest.mark.parametrize("kind", [*FILLS, *HATCHINGS])
def test_every_kind_has_a_swatch(kind):
    assert ElementTree.fromstring(draw_swatch(kind).svg) is not None  # noqa: S314 - our own drawing
