"""Importing a list: what is understood, every problem with its row and column, round trip, contacts kept apart."""

from __future__ import annotations

import csv
import io
import json
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from territoires.catalysts.changing import bring_back, put_list, remove
from territoires.catalysts.directory import LiveDirectory, open_directory
from territoires.catalysts.holding import Contact, contacts_path, folder_of, read_held, read_removed
from territoires.catalysts.importing import Brought, bring
from territoires.catalysts.locating import Locator
from territoires.config import Settings
from territoires.errors import DataError, InputError
from territoires.imports.problems import RefusedError
from territoires.imports.publishing import journal
from territoires.model.levels import Level
from territoires.store.store import TableStore
from territoires.web.exports.catalyst_list import ENDINGS, list_bytes

EMAIL, PHONE = "contact@bocage.example", "05 49 00 00 00"

FULL: dict[str, str] = {
    "Identifiant": "CAT-1",
    "Nom de la structure": "Alliance du Bocage",
    "Type": "Tiers-lieu",
    "Profil": "Associations",
    "Commune": "Bressuire",
    "Dép": "79",
    "Domaines": "Santé, mobilité / transport ; éducation",
    "Métiers": "Dialogue territorial",
    "Échelon": "Local",
    "Taille": "2 000 à 20 000 | moins de 2 000 habitants",
    "Territoire couvert": "département : 79 | 200040244",
    "Présentation": '<b>Gras</b> <script>alert(1)</script>\nDeuxième ligne ; « avec » "guillemets"',
    "Site web": "bocage.example/page",
    "Vérifié le": "09/03/2026",
    "E-mail": EMAIL,
    "Téléphone": PHONE,
    "Consentement": "Oui",
}


@pytest.fixture(scope="module")
def locator(shipped_settings: Settings, shipped_store: TableStore) -> Locator:
    """The communes that ship."""
    return Locator(shipped_store, shipped_settings.data, shipped_settings.geodata)


@pytest.fixture
def read(locator: Locator, tmp_path: Path) -> Callable[..., Brought]:
    """Import rows given as dictionaries, through a CSV."""

    def imported(*rows: dict[str, str], removed: tuple[str, ...] = ()) -> Brought:
        path = tmp_path / "liste.csv"
        path.write_text(as_csv(*rows), encoding="utf-8")
        return bring(path, locator, removed)

    return imported


def as_csv(*rows: dict[str, str]) -> str:
    """Write rows as a spreadsheet does."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(dict.fromkeys(key for row in rows for key in row)), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def place(**cells: str) -> dict[str, str]:
    """Return a row with a name, and cells."""
    return {"Nom": "Alliance", **cells}


def problems(read: Callable[..., Brought], *rows: dict[str, str], **options: tuple[str, ...]) -> str:
    """Return what is said of a list that is refused."""
    with pytest.raises(RefusedError) as refused:
        read(*rows, **options)
    return str(refused.value)


def test_a_list_is_understood_by_synonyms(read: Callable[..., Brought]) -> None:
    brought = read(FULL)
    (row,) = brought.rows
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "CAT-1",
        "name": "Alliance du Bocage",
        "kind": "tiers-lieu",
        "profile": "associations",
        "town": "Bressuire",
        "commune": "79049",
        "level": "local",
        "covers": "departement:79 | epci:200040244",
        "domains": "sante | mobilite | education",
        "trades": "dialogue-territorial",
        "strata": "2000-20000 | moins-2000",
        "presentation": FULL["Présentation"],
        "website": "https://bocage.example/page",
        "verified_on": "2026-03-09",
    }
    assert brought.contacts == {"CAT-1": Contact(EMAIL, PHONE)}


def test_a_commune_is_found_by_code_by_name_or_by_point(read: Callable[..., Brought]) -> None:
    brought = read(
        place(Nom="Code", **{"Code INSEE": "1004"}),
        place(Nom="Nom", Ville="Saint-Denis", Département="La Réunion"),
        place(Nom="Point", Longitude="4,8353", Latitude="45,7677"),
        place(Nom="Guyane", Longitude="-52.33", Latitude="4.93"),
    )
    assert [row["commune"] for row in brought.rows] == ["01004", "97411", "69123", "97302"]
    assert [row["id"] for row in brought.rows] == ["code-01004", "nom-97411", "point-69123", "guyane-97302"]
    assert brought.rows[2]["lon"] == "4.8353"


def test_a_merged_commune_leads_to_the_present_one_with_a_note(read: Callable[..., Brought]) -> None:
    brought = read(
        place(**{"Code commune": "01340"}), place(Nom="Autre", Ville="Saint-Bois", Département="01")
    )
    assert [row["commune"] for row in brought.rows] == ["01015", "01015"]
    assert brought.rows[0]["note"] == "Commune Saint-Bois (01340) réunie à Arboys en Bugey (01015)"
    assert any("Ligne 2" in remark for remark in brought.remarks)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Code INSEE": "99999"}, "code inconnu « 99999 »"),
        ({"Ville": "Saint-Denis"}, "Ajouter le département"),
        ({"Ville": "Introuvable-sur-Rien", "Département": "79"}, "aucune commune"),
        ({"Ville": "Bressuire", "Département": "Atlantide"}, "département inconnu"),
        ({"Longitude": "-20", "Latitude": "40"}, "en mer ou hors de France"),
        ({"Longitude": "45,7677", "Latitude": "4,8353"}, "inversées : ce serait à Lyon"),
        ({"Longitude": "45,7677", "Latitude": "4,8353", "Code INSEE": "69123"}, "sont inversées"),
        ({"Longitude": "2.35", "Latitude": "48.85", "Code INSEE": "69123"}, "n’est pas dans la commune Lyon"),
        ({"Longitude": "est", "Latitude": "48.85"}, "des degrés décimaux"),
        ({"Longitude": "200", "Latitude": "48.85"}, "des degrés décimaux"),
        ({"Ville": ""}, "aucun lieu"),
        ({"Code INSEE": "79049", "Domaines": "Santé, Bonheur"}, "colonne « Domaines » : « Bonheur »"),
        ({"Code INSEE": "79049", "Type": "Licorne"}, "colonne « Type »"),
        ({"Code INSEE": "79049", "Territoire couvert": "pays:Bocage"}, "territoire inconnu"),
        ({"Code INSEE": "79049", "Site": "javascript:alert(1)"}, "une adresse http:// ou https://"),
        ({"Code INSEE": "79049", "Vérifié le": "31/02/2026"}, "colonne « Vérifié le »"),
        ({"Code INSEE": "79049", "Consentement": "peut-être"}, "« oui » ou « non »"),
        ({"Code INSEE": "79049", "E-mail": "bocage", "Consentement": "oui"}, "adresse électronique"),
        (
            {"Code INSEE": "79049", "E-mail": "a@b.fr\nBcc: c@d.fr", "Consentement": "oui"},
            "adresse électronique",
        ),
        ({"Code INSEE": "79049", "Téléphone": "12", "Consentement": "oui"}, "numéro de téléphone"),
        (
            {"Code INSEE": "79049", "Présentation": f"Écrire à {EMAIL}"},
            "une adresse électronique dans un texte public",
        ),
        (
            {"Code INSEE": "79049", "Présentation": f"Appeler le {PHONE}"},
            "un numéro de téléphone dans un texte public",
        ),
        ({"Code INSEE": "79049", "Présentation": "x" * 2_001}, "2001 caractères"),
        ({"Code INSEE": "79049", "Identifiant": "été 1"}, "lettres sans accent"),
        ({"Code INSEE": "79049", "Identifiant": "demonstration-001"}, "ne commence pas par"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(
    read: Callable[..., Brought], cells: dict[str, str], said: str
) -> None:
    text = problems(read, place(Nom="Bonne", **{"Code INSEE": "69123"}), place(**cells))
    assert "ligne 3" in text
    assert said in text
    assert "ligne 2" not in text
    assert "c@d.fr" not in text


def test_all_problems_are_listed_at_once(read: Callable[..., Brought]) -> None:
    text = problems(
        read,
        {"Nom": "", "Code INSEE": "79049", "Identifiant": "a", "Domaines": "Bonheur"},
        {"Nom": "B", "Code INSEE": "00000", "Identifiant": "A"},
    )
    assert "4 problèmes, rien n’a été importé" in text
    assert "est déjà l’identifiant de la ligne 2" in text


def test_a_file_without_names_or_with_a_column_twice_is_refused(read: Callable[..., Brought]) -> None:
    assert "aucune colonne « Nom »" in problems(read, {"Ville": "Lyon"})
    assert "désignent la même colonne" in problems(read, {"Nom": "A", "Structure": "B", "Ville": "Lyon"})


def test_a_contact_without_consent_is_not_kept(read: Callable[..., Brought]) -> None:
    cells = {"Code INSEE": "79049", "E-mail": EMAIL, "Téléphone": PHONE}
    brought = read(place(**cells), place(Nom="Refus", Consentement="non", **cells))
    assert brought.contacts == {}
    assert EMAIL not in str(brought)
    assert any(
        remark.startswith("Contacts sans consentement") and remark.endswith(": 2.")
        for remark in brought.remarks
    )


def test_contacts_stand_apart_in_a_file_of_their_owner(read: Callable[..., Brought], tmp_path: Path) -> None:
    state = tmp_path / "state"
    brought = read(FULL)
    entry = put_list(state, brought.rows, brought.contacts, who="test", file="liste.csv")
    path = contacts_path(state, entry.sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert EMAIL in path.read_text(encoding="utf-8")
    for other in folder_of(state).iterdir():
        if other != path:
            assert EMAIL not in other.read_text(encoding="utf-8"), other.name
            assert PHONE not in other.read_text(encoding="utf-8"), other.name
    assert read_held(state).contacts["CAT-1"].email == EMAIL


def test_a_file_without_contacts_keeps_those_of_the_organisations_that_stay(
    read: Callable[..., Brought], tmp_path: Path
) -> None:
    state = tmp_path / "state"
    brought = read(FULL, {**FULL, "Identifiant": "CAT-2", "Nom de la structure": "Autre"})
    put_list(state, brought.rows, brought.contacts, who="test", file="a.csv")
    again = read({"Identifiant": "CAT-1", "Nom": "Alliance", "Code INSEE": "79049"})
    assert not again.has_contacts
    put_list(state, again.rows, None, who="test", file="b.csv")
    assert set(read_held(state).contacts) == {"CAT-1"}
    assert len(list(folder_of(state).glob("contacts-*"))) == 1


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("with_contacts", [True, False])
def test_an_export_imports_as_what_was_imported(
    read: Callable[..., Brought], locator: Locator, shipped_store: TableStore, tmp_path: Path, ending: str,
    with_contacts: bool,
) -> None:  # fmt: skip
    brought = read(
        FULL,
        {"Nom de la structure": "=cmd|' /C calc'!A0", "Commune": "69123", "Présentation": "+1 ; -2\n@3"},
        {
            "Nom de la structure": "Point",
            "Longitude": "4.8353",
            "Latitude": "45.7677",
            "Présentation": "a,b;c\t",
        },
        {"Nom de la structure": "Ancienne", "Commune": "01340"},
    )
    communes = shipped_store.territories(Level.COMMUNE)
    contacts = brought.contacts if with_contacts else None
    path = tmp_path / f"export{ending}"
    path.write_bytes(list_bytes(brought.rows, contacts, ending, communes))
    again = bring(path, locator)
    assert again.rows == brought.rows
    assert again.contacts == (brought.contacts if with_contacts else {})
    assert list_bytes(again.rows, contacts, ending, communes) == path.read_bytes()
    if ending == ".csv":
        assert "'=cmd|" in path.read_text(encoding="utf-8")
    if not with_contacts and ending != ".xlsx":
        assert EMAIL not in path.read_text(encoding="utf-8")


def test_a_workbook_and_a_geojson_of_people_are_read(locator: Locator, tmp_path: Path) -> None:
    book = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Code INSEE", "Domaines"])
        sheet.write_row(1, 0, ["Alliance", 1004, "Santé"])
    assert bring(book, locator).rows[0]["commune"] == "01004"
    points = tmp_path / "liste.geojson"
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [4.8353, 45.7677]},
        "properties": {"Nom": "Alliance", "Domaines": ["Santé", "Éducation"], "Consentement": True},
    }
    points.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    (row,) = bring(points, locator).rows
    assert (row["commune"], row["domains"]) == ("69123", "sante | education")
    for text, said in (
        ("{", "JSON illisible"),
        ("[]", "pas une collection"),
        ('{"features": [3]}', "objet sans « properties »"),
        ('{"features": [{"properties": {"nom": "x"}, "geometry": {"type": "Point"}}]}', "pas un point"),
    ):  # fmt: skip
        points.write_text(text, encoding="utf-8")
        with pytest.raises(RefusedError, match=said):
            bring(points, locator)


def test_a_removal_takes_the_record_the_contact_and_the_former_list(
    read: Callable[..., Brought], tmp_path: Path, shipped_settings: Settings, shipped_store: TableStore
) -> None:
    state = tmp_path / "state"
    brought = read(FULL)
    for _ in range(2):
        put_list(state, brought.rows, brought.contacts, who="test", file="liste.csv")
    live = LiveDirectory(shipped_settings.data, state, shipped_store, demonstration=False)
    assert live.current().get("CAT-1").reachable
    remove(state, "CAT-1", who="test")
    remove(state, "fondation-de-lille", who="test")
    assert "CAT-1" not in live.current()
    assert "fondation-de-lille" not in live.current()
    for path in folder_of(state).iterdir():
        text = path.read_text(encoding="utf-8")
        assert EMAIL not in text, path.name
        assert "Alliance" not in text, path.name
    assert [entry.what for entry in journal(folder_of(state))][-2:] == [
        "Retrait de l’organisation CAT-1", "Retrait de l’organisation fondation-de-lille",
    ]  # fmt: skip
    assert "a été retiré" in problems(read, FULL, removed=tuple(read_removed(state)))
    bring_back(state, "fondation-de-lille", who="test")
    assert "fondation-de-lille" in live.current()
    with pytest.raises(InputError):
        bring_back(state, "personne", who="test")


def test_an_imported_record_takes_the_place_of_the_shipped_one(
    read: Callable[..., Brought], tmp_path: Path, shipped_settings: Settings, shipped_store: TableStore
) -> None:
    brought = read({"Identifiant": "ronalpia", "Nom": "Ronalpia", "Code INSEE": "69123"})
    put_list(tmp_path, brought.rows, brought.contacts, who="test", file="liste.csv")
    directory = open_directory(shipped_settings.data, tmp_path, shipped_store, demonstration=True)
    assert len(directory) == 350
    assert directory.get("ronalpia").status == "imported"


def test_a_list_that_is_spoilt_leaves_the_former_one_in_a_server_and_is_said_at_start(
    read: Callable[..., Brought], tmp_path: Path, shipped_settings: Settings, shipped_store: TableStore
) -> None:
    brought = read(FULL)
    put_list(tmp_path, brought.rows, brought.contacts, who="test", file="liste.csv")
    live = LiveDirectory(shipped_settings.data, tmp_path, shipped_store, demonstration=False)
    (folder_of(tmp_path) / "current.csv").write_text("id,name\n1,2\n", encoding="utf-8")
    assert "CAT-1" in live.current()
    with pytest.raises(DataError, match=r"importer l’annuaire de nouveau"):
        open_directory(shipped_settings.data, tmp_path, shipped_store, demonstration=False)
    put_list(tmp_path, brought.rows, brought.contacts, who="test", file="liste.csv")
    assert live.current().get("CAT-1").reachable


def test_50_000_rows_are_imported_and_opened_in_seconds(
    locator: Locator, tmp_path: Path, shipped_settings: Settings, shipped_store: TableStore
) -> None:
    codes = shipped_store.territories(Level.COMMUNE).codes
    lines = [f"Organisation {n};{codes[n % len(codes)]};Santé | Mobilité / transport" for n in range(50_000)]
    path = tmp_path / "grande.csv"
    path.write_text("\n".join(["Nom;Code INSEE;Domaines", *lines]), encoding="utf-8")
    start = time.process_time()
    brought = bring(path, locator)
    put_list(tmp_path, brought.rows, brought.contacts, who="test", file=path.name)
    directory = open_directory(shipped_settings.data, tmp_path, shipped_store, demonstration=False)
    assert len(directory) == 50_115
    assert time.process_time() - start < 20
