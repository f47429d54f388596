"""Bad input stops the build with one message that names file, column and rows, and nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territoires.build.run import Inputs, build
from territoires.errors import InputError
from tests.conftest import Country, Quiet
from tests.country_tables import ROWS, write_catalogue


def fingerprint(*folders: Path) -> dict[str, str]:
    """Return the hash of every file below `folders`."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(inputs: Inputs, name: str) -> Path:
    return inputs.sources / "tables" / f"{name}.parquet"


def change(name: str, edit: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[Inputs], None]:
    def spoil(inputs: Inputs) -> None:
        path = table(inputs, name)
        edit(pd.read_parquet(path)).to_parquet(path)

    return spoil


def rename(row: dict[str, str], **cells: str) -> Callable[[Inputs], None]:
    return lambda inputs: write_catalogue(inputs.data, [row | cells, *ROWS[1:]])


def with_text(frame: pd.DataFrame) -> pd.DataFrame:
    texts = frame["chom"].astype(str)
    texts.iloc[2] = "douze"
    return frame.assign(chom=texts)


def with_nobody_active(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(act=0.0)


def with_share_of_nothing(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[3, "chom"] = 4.0
    return frame


def with_more_than_all(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[5, "chom"] = frame.loc[5, "act"] + 50
    return frame


def with_unknown_status(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[1, "med__status"] = "perdu"
    return frame


CASES: list[tuple[str, Callable[[Inputs], None], list[str]]] = [
    ("missing table", lambda i: table(i, "rp.commune").unlink(), ["rp.commune.parquet", "absent"]),
    ("missing column", change("rp.commune", lambda f: f.drop(columns="act")), ["rp.commune", "« act »", "chomage"]),
    ("missing code column", change("rp.commune", lambda f: f.rename(columns={"code": "insee"})), ["« code »"]),
    ("duplicate code", change("rp.commune", lambda f: pd.concat([f, f.head(1)])), ["« code »", "double", "2A004"]),
    ("unknown code", change("filo.epci", lambda f: f.replace({"999": "123456789"})), ["filo.epci", "123456789"]),
    ("text for a number", change("rp.commune", with_text), ["rp.commune", "« chom »", "douze"]),
    ("zero denominators", change("rp.commune", with_nobody_active), ["rp.commune", "« act »", "nul"]),
    ("share of nothing", change("rp.commune", with_share_of_nothing), ["« act »", "nul"]),
    ("part above the whole", change("rp.commune", with_more_than_all), ["chomage", "bornes"]),
    ("unknown status", change("filo.commune", with_unknown_status), ["« med__status »", "perdu"]),
    ("table without rows", change("rp.commune", lambda f: f.head(0)), ["rp.commune", "aucune ligne"]),
    ("empty table file", lambda i: table(i, "rp.commune").write_bytes(b""), ["rp.commune", "vide"]),
    ("truncated table", lambda i: table(i, "rp.commune").write_bytes(b"PAR1 rubbish"), ["rp.commune", "illisible"]),
    (
        "latin-1 catalogue",
        lambda i: (i.data / "catalogue.csv").write_bytes("id,libellé\n".encode("latin-1")),
        ["catalogue.csv", "UTF-8", "ligne 1"],
    ),
    ("empty catalogue", lambda i: (i.data / "catalogue.csv").write_bytes(b""), ["catalogue.csv", "vide"]),
    ("unknown domain", rename(ROWS[0], domain="travail"), ["« domain »", "ligne 2, chomage"]),
    ("unknown variable", rename(ROWS[0], numerator="rp.rien"), ["« rien »", "chomage, numerator"]),
    ("unknown source", rename(ROWS[0], source="ailleurs"), ["« source »", "ailleurs"]),
    ("values out of bounds", rename(ROWS[0], upper="5.5"), ["chomage sort de ses bornes", "5.5"]),
    (
        "lost commune",
        lambda i: (i.lists / "communes_2026.csv").write_text(
            "".join((i.lists / "communes_2026.csv").read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8"
        ),
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_bad_input_is_named_and_published_data_is_untouched(
    country: Country, tmp_path: Path, spoil: Callable[[Inputs], None], words: list[str]
) -> None:
    inputs = country.copy(tmp_path)
    spoil(inputs)
    before = fingerprint(inputs.data, inputs.geodata)
    with pytest.raises(InputError) as caught:
        build(inputs, Quiet())
    for word in words:
        assert word in str(caught.value)
    assert "Attendu" in str(caught.value)
    assert fingerprint(inputs.data, inputs.geodata) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".territoires-build")] == []


def test_same_input_gives_the_same_bytes(country: Country, tmp_path: Path) -> None:
    inputs = country.copy(tmp_path)
    before = fingerprint(inputs.data, inputs.geodata)
    assert build(inputs, Quiet()) == country.version
    assert fingerprint(inputs.data, inputs.geodata) == before


def test_set_aside_cells_are_emptied_and_counted_in_the_report(country: Country, tmp_path: Path) -> None:
    inputs = country.copy(tmp_path)
    with (inputs.data / "set_aside.csv").open("a", encoding="utf-8") as handle:
        handle.write("equip,biblio,departement:2A,Bibliothèques corses absentes de la copie\n")
    build(inputs, Quiet())
    assert "Bibliothèques corses absentes" in (inputs.data / "report.md").read_text(encoding="utf-8")
