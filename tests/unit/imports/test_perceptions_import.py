"""A survey is imported whole or not at all, and its author is told everything that is wrong with it."""

import csv
import io
import random
import time
from dataclasses import replace

import numpy as np
import pytest
import xlsxwriter

from territoires.imports.estimation import estimate
from territoires.imports.perception_schema import FIGURES, describe, template_csv
from territoires.imports.perceptions import import_survey
from territoires.imports.problems import RefusedError
from territoires.imports.publishing import journal
from territoires.imports.template import template_workbook
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.perceptions import Actor, Unit
from territoires.model.sizes import Stratum
from territoires.store.perceptions import FOLDER, open_perceptions
from tests.surveys import PLACES

HEAD = "vague;acteur;echelon;code;taille;domaine;valeur;unite;base;ecart_type"
GOOD = f"""{HEAD}
2026;citoyens;region;53;;mobilite;6,2;note-10;412;2,1
2026;Maires et élus locaux;;01;moins-2000;Santé;33,5 %;%;1 200;
2026;dirigeants;france;FR;;emploi;2;rang;80;
"""


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state"


def bring(tmp_path, content, name="enquete.csv"):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def run(path, state, places=PLACES, **options):
    return import_survey(path, places, state, who="Essai", **options)


def refused(tmp_path, state, rows, head=HEAD):
    """Return the problems of a file, having checked that it left nothing behind."""
    with pytest.raises(RefusedError) as error:
        run(bring(tmp_path, "\n".join((head, *rows))), state)
    assert not state.exists()
    return [str(problem) for problem in error.value.problems]


def imported(state):
    return open_perceptions(state / "none", state, demonstration=False).rows


def test_good_csv_is_imported(tmp_path, state):
    outcome = run(bring(tmp_path, GOOD), state)
    rows = imported(state)
    assert (len(outcome.figures), outcome.replaced, outcome.total) == (3, 0, 3)
    fields = ("actor", "level", "code", "stratum", "domain", "value", "unit", "base")
    assert [tuple(getattr(row, field) for field in fields) for row in rows] == [
        (Actor.CITIZENS, Level.REGION, "53", None, "mobilite", 6.2, Unit.NOTE, 412),
        (Actor.MAYORS, Level.REGION, "01", Stratum.UNDER_2000, "sante", 33.5, Unit.SHARE, 1200),
        (Actor.LEADERS, Level.FRANCE, "FR", None, "emploi", 2.0, Unit.RANK, 80),
    ]  # fmt: skip
    assert rows[0].interval == pytest.approx((6.2 - 0.20278, 6.2 + 0.20278), abs=1e-5)
    assert rows[1].area == "Guadeloupe"
    assert rows[1].source == "Fichier importé : enquete.csv"
    assert rows[2].interval is None
    assert all(row.status is Status.OK for row in rows)


def test_the_level_is_titled_niveau_and_its_former_title_is_read(tmp_path, state):
    assert ";niveau;" in template_csv()
    assert "echelon" in next(line for line in describe().splitlines() if line.startswith("  niveau"))
    run(bring(tmp_path, GOOD), state)
    other = tmp_path / "other"
    run(bring(tmp_path, GOOD.replace("echelon", "niveau")), other)
    assert imported(other) == imported(state)
    both = GOOD.replace("acteur;echelon", "niveau;echelon").replace("ecart_type", "acteur")
    with pytest.raises(RefusedError, match="deux colonnes pour la même chose"):
        run(bring(tmp_path, both), state)


def test_good_workbook_gives_the_same_figures(tmp_path, state):
    path = tmp_path / "enquete.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(csv.reader(io.StringIO(GOOD), delimiter=";")):
            for position, cell in enumerate(cells):
                whole = cell.replace(",", ".").replace(" ", "")
                if number and whole.replace(".", "").isdigit() and HEAD.split(";")[position] != "vague":
                    sheet.write_number(
                        number, position, float(whole)
                    )  # 01 loses its zero, as in a spreadsheet
                else:
                    sheet.write_string(number, position, cell)
    outcome = run(path, state)
    assert any("Zéro rétabli" in remark for remark in outcome.remarks)
    other = tmp_path / "other"
    run(bring(tmp_path, GOOD), other)
    assert imported(state) == tuple(
        replace(row, source="Fichier importé : enquete.xlsx") for row in imported(other)
    )


def test_latin_1_with_commas_is_imported(tmp_path, state):
    content = 'vague,acteur,code,domaine,valeur,unite,base\n2026,citoyens,53,"Santé","6,2",note-10,412\n'
    outcome = run(bring(tmp_path, content.encode("cp1252")), state)
    assert imported(state)[0].value == 6.2
    assert any("latin-1" in remark for remark in outcome.remarks)


def test_every_problem_is_reported_with_its_row_and_column(tmp_path, state):
    found = refused(
        tmp_path,
        state,
        [
            "2026;citoyens;region;99;;mobilite;6,2;note-10;412;",
            "2026;voisins;region;53;;mobilitee;6,2;note-10;412;",
            "2026;citoyens;region;53;;sante;120;pourcentage;412;",
            "2026;citoyens;region;53;;sante;11;note-10;412;",
            "2026;citoyens;region;53;;emploi;5;note-10;0;",
            "2026;citoyens;region;53;grandes;energie;5;note-10;12,5;9",
            "hier;citoyens;region;53;;energie;=1+1;note;-4;",
        ],
    )
    expected = [
        ("ligne 2", "« code »"), ("ligne 3", "« acteur »"), ("ligne 3", "« domaine »"), ("ligne 4", "« valeur »"),
        ("ligne 5", "« valeur »"), ("ligne 6", "« base »"), ("ligne 7", "« base »"), ("ligne 7", "« taille »"),
        ("ligne 8", "« base »"), ("ligne 8", "« vague »"), ("ligne 8", "« valeur »"),
    ]  # fmt: skip
    assert len(found) == len(expected)
    for problem, (row, column) in zip(found, expected, strict=True):
        assert problem.startswith(f"{row}, colonne {column}")
        assert "Attendu" in problem


def test_two_rows_that_contradict_each_other_are_refused(tmp_path, state):
    row = "2026;citoyens;region;53;;mobilite;{};note-10;412;"
    [conflict] = refused(tmp_path, state, [row.format("6,2"), row.format("6,3")])
    assert "ligne 3" in conflict
    assert "contredit la ligne 2" in conflict
    [double] = refused(tmp_path, state, [row.format("6,2"), row.format("6,2")])
    assert "même ligne que la ligne 2" in double


def test_shares_written_for_percentages_are_refused(tmp_path, state):
    rows = [f"2026;citoyens;region;53;;{d.id};0,{k + 10};pourcentage;400;" for k, d in enumerate(DOMAINS[:6])]
    assert "Multiplier par 100" in refused(tmp_path, state, rows)[0]


def test_wrong_and_missing_columns_are_named(tmp_path, state):
    found = refused(tmp_path, state, ["2026;53;6;x"], head="vague;code;valeur;couleur")
    assert any("« couleur » : colonne inconnue" in problem for problem in found)
    for column in ("acteur", "domaine", "unite", "base"):
        assert any(f"« {column} » : colonne absente" in problem for problem in found)


def test_address_that_is_not_one_and_formula_in_a_text_are_refused(tmp_path, state):
    found = refused(
        tmp_path,
        state,
        ['2026;citoyens;region;53;;mobilite;6;note-10;412;;javascript:alert(1);"=HYPERLINK(1)"'],
        head=HEAD + ";adresse;note",
    )
    assert any("« adresse »" in problem for problem in found)
    assert any("une formule" in problem for problem in found)


def test_few_answers_are_kept_secret(tmp_path, state):
    outcome = run(bring(tmp_path, f"{HEAD}\n2026;citoyens;;53;;mobilite;6,2;note-10;29;\n"), state)
    [row] = imported(state)
    assert row.status is Status.SECRET
    assert not row.shown
    assert (row.low, row.high) == (None, None)
    assert "6.2" not in (state / FOLDER / "current.csv").read_text(encoding="utf-8")
    assert any("30" in remark for remark in outcome.remarks)


def test_dry_run_checks_everything_and_writes_nothing(tmp_path, state):
    assert run(bring(tmp_path, GOOD), state, dry_run=True).total == 3
    assert not state.exists()


def test_later_import_joins_the_former_and_keeps_it_as_previous(tmp_path, state):
    run(bring(tmp_path, GOOD), state)
    before = (state / FOLDER / "current.csv").read_bytes()
    second = (
        f"{HEAD}\n2026;citoyens;;53;;mobilite;6,9;note-10;500;\n2026;citoyens;;76;;mobilite;5;note-10;500;\n"
    )
    outcome = run(bring(tmp_path, second, "seconde.csv"), state)
    assert (outcome.replaced, outcome.total) == (1, 4)
    assert (state / FOLDER / "previous.csv").read_bytes() == before
    assert imported(state)[0].value == 6.9
    entries = journal(state / FOLDER)
    assert [(entry.who, entry.file, entry.rows) for entry in entries] == [
        ("Essai", "enquete.csv", 3), ("Essai", "seconde.csv", 2),
    ]  # fmt: skip


def test_refused_file_leaves_the_former_import_intact(tmp_path, state):
    run(bring(tmp_path, GOOD), state)
    before = {path.name: path.read_bytes() for path in (state / FOLDER).iterdir()}
    with pytest.raises(RefusedError):
        run(bring(tmp_path, GOOD.replace("6,2", "62")), state)
    assert {path.name: path.read_bytes() for path in (state / FOLDER).iterdir()} == before


def test_templates_are_headers_to_fill(tmp_path, state):
    for name, content in (("m.csv", template_csv()), ("m.xlsx", template_workbook())):
        with pytest.raises(RefusedError, match="aucune ligne"):
            run(bring(tmp_path, content, name), state)
    filled = bring(tmp_path, template_csv(example=True), "exemple.csv")
    assert run(filled, state).figures[0].source == "Observatoire régional, mars 2026"
    assert all(column.name in describe() for column in FIGURES)


ANSWER_HEAD = ["vague", "acteur", "code", "taille", "poids", "emploi", "Mobilité / transport"]


def answers(count):
    """Return rows of respondents."""
    draw = random.Random(1)  # noqa: S311 - a repeatable draw
    return [
        ["2026", "citoyens", draw.choice(("53", "76")), draw.choice(("moins-2000", "plus-50000")),
         f"{draw.uniform(0.3, 3):.4f}", str(draw.randrange(11)), draw.choice(("", str(draw.randrange(11))))]
        for _ in range(count)
    ]  # fmt: skip


def as_csv(head, rows):
    return "\n".join(";".join(row) for row in (head, *rows)) + "\n"


def test_individual_answers_become_weighted_figures(tmp_path, state):
    rows = answers(900)
    outcome = run(bring(tmp_path, as_csv(ANSWER_HEAD, rows)), state)
    found = {(row.code, row.stratum, row.domain): row for row in imported(state)}
    assert len(found) == 3 * 3 * 2  # two regions and France, all sizes and each, two domains
    for (code, stratum, domain), row in found.items():
        column = 5 if domain == "emploi" else 6
        kept = [
            r for r in rows if code in (r[2], "FR") and (stratum is None or r[3] == stratum) and r[column]
        ]
        expected = estimate(
            np.array([float(r[column]) for r in kept]), np.array([float(r[4]) for r in kept]), Unit.NOTE
        )
        assert (row.value, row.low, row.high) == pytest.approx(
            (expected.value, expected.low, expected.high), abs=1e-9
        )
        assert row.base == len(kept)
        assert "Kish" in row.note
    assert any("ne sont pas conservées" in remark for remark in outcome.remarks)


def test_yes_and_no_become_percentages(tmp_path, state):
    rows = [["2026", "maires", "53", "pourcentage", "oui" if k % 4 == 0 else "Non"] for k in range(200)]
    run(bring(tmp_path, as_csv(["vague", "acteur", "code", "unite", "sante"], rows)), state)
    [row] = imported(state)
    assert (row.value, row.unit, row.base) == (25.0, Unit.SHARE, 200)


def test_france_is_computed_when_every_region_of_the_mainland_answered(tmp_path, state):
    rows = [["2026", "maires", code, "7"] for code in ("53", "76") for _ in range(40)]
    head = ["vague", "acteur", "code", "sante"]
    run(bring(tmp_path, as_csv(head, rows)), state)
    assert {row.code for row in imported(state)} == {"53", "76", "FR"}
    other = tmp_path / "other"
    run(bring(tmp_path, as_csv(head, rows[:40])), other)
    assert {row.code for row in imported(other)} == {"53"}


def test_wrong_answers_are_reported(tmp_path, state):
    found = refused(
        tmp_path,
        state,
        ["2026;citoyens;53;;0;5;11", "2026;citoyens;53;;x;oui;", "2026;gens;5;;1;5;5"],
        head=";".join(ANSWER_HEAD),
    )
    assert [problem.split(" :")[0] for problem in found] == [
        "ligne 2, colonne « mobilité / transport »",
        "ligne 2, colonne « poids »",
        "ligne 3, colonne « emploi »",
        "ligne 3, colonne « poids »",
        "ligne 4, colonne « acteur »",
        "ligne 4, colonne « code »",
    ]


def test_results_laid_out_like_answers_are_refused(tmp_path, state):
    rows = [f"2026;citoyens;{code};6,2;5,1" for code in ("53", "76")]
    [problem] = refused(tmp_path, state, rows, head="vague;acteur;code;emploi;sante")
    assert "colonne « valeur »" in problem


def test_names_of_respondents_are_not_accepted(tmp_path, state):
    found = refused(tmp_path, state, ["2026;citoyens;53;Jean;5"], head="vague;acteur;code;nom;emploi")
    assert found == [
        "ligne 1, colonne « nom » : colonne inconnue. Attendu : une des colonnes du modèle. La renommer ou l’ôter."
    ]


def test_200_000_rows_are_imported_in_a_reasonable_time(tmp_path, state):
    codes = {f"{k:05d}": f"Commune {k}" for k in range(1, 12_501)}
    lines = [HEAD]
    lines += [f"2026;citoyens;commune;{code};;{d.id};6,2;note-10;412;" for code in codes for d in DOMAINS]
    assert len(lines) == 200_001
    path = bring(tmp_path, "\n".join(lines))
    start = time.process_time()
    outcome = run(path, state, {Level.COMMUNE: codes})
    assert outcome.total == 200_000
    assert time.process_time() - start < 30  # 8 s measured
    assert len((state / FOLDER / "current.csv").read_bytes().splitlines()) == 200_001
