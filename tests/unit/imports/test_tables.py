"""Whatever people bring is read as they see it, or refused with the cells that keep it from being."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from territoires.imports.problems import RefusedError
from territoires.imports.tables import read_table

TEXT = "Vague;Domaine;Valeur\r\n2026;Santé;6,2\r\n\r\n2026;« Lien » social;5\r\n"


def csv_file(tmp_path, content, name="enquete.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def workbook(tmp_path, fill, sheets=("Données",)):
    path = tmp_path / "enquete.xlsx"
    with xlsxwriter.Workbook(path) as book:
        made = [book.add_worksheet(name) for name in sheets]
        fill(book, made[0])
    return path


def problems(path):
    with pytest.raises(RefusedError) as refused:
        read_table(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_spreadsheets_are_read(tmp_path, encoding):
    table = read_table(csv_file(tmp_path, TEXT.encode(encoding)))
    assert table.columns == ("vague", "domaine", "valeur")
    assert table.rows == ((2, ("2026", "Santé", "6,2")), (4, ("2026", "« Lien » social", "5")))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_recognised(tmp_path, separator):
    content = separator.join(("vague", "domaine")) + "\n" + separator.join(("2026", '"a;b,c|d"')) + "\n"
    table = read_table(csv_file(tmp_path, content.encode()))
    assert list(table.records()) == [(2, {"vague": "2026", "domaine": "a;b,c|d"})]


def test_separator_declared_by_a_spreadsheet_is_taken(tmp_path):
    table = read_table(csv_file(tmp_path, b"sep=;\r\n\r\na,x;b\r\n1;2\r\n"))
    assert (table.columns, table.head, table.rows) == (("a,x", "b"), 3, ((4, ("1", "2")),))


def test_row_numbers_follow_the_lines_of_the_file(tmp_path):
    table = read_table(csv_file(tmp_path, b'a;b\n1;"sur\ndeux lignes"\n2;x\n'))
    assert [number for number, _ in table.rows] == [2, 4]


def test_short_rows_are_filled_and_long_rows_refused(tmp_path):
    assert read_table(csv_file(tmp_path, b"a;b;c\n1;2\n")).rows == ((2, ("1", "2", "")),)
    assert "ligne 3" in problems(csv_file(tmp_path, b"a;b\n1;2\n1;2;3\n"))[0]


def test_typed_cells_become_the_text_people_see(tmp_path):
    def fill(book, sheet):
        sheet.write_row(0, 0, ["Code", "Valeur", "Base", "Jour", "Oui"])
        sheet.write_string(1, 0, "01")
        sheet.write_number(1, 1, 6.25)
        sheet.write_number(1, 2, 412)
        sheet.write_datetime(1, 3, datetime.date(2026, 3, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_boolean(1, 4, True)

    assert read_table(workbook(tmp_path, fill)).rows == ((2, ("01", "6.25", "412", "2026-03-01", "oui")),)


def test_only_the_first_sheet_is_read_and_it_is_said(tmp_path):
    table = read_table(workbook(tmp_path, lambda _, s: s.write_column(0, 0, ["a", "1"]), ("Un", "Deux")))
    assert table.columns == ("a",)
    assert "« Un »" in table.remarks[0]


def test_merged_cells_are_refused_with_their_range(tmp_path):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["a", "b"])
        sheet.merge_range("A2:A4", "2026")

    [problem] = problems(workbook(tmp_path, fill))
    assert "ligne 2" in problem
    assert "A2:A4" in problem


def test_formulas_are_refused_with_their_cell(tmp_path):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, 2])
        sheet.write_formula("B3", "=A2*2", None, 2)

    [problem] = problems(workbook(tmp_path, fill))
    assert "ligne 3" in problem
    assert "B3" in problem


def test_formulas_of_another_sheet_do_not_matter(tmp_path):
    path = tmp_path / "deux.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Un").write_column(0, 0, ["a", "1"])
        book.add_worksheet("Deux").write_formula("A1", "=1+1", None, 2)
    assert read_table(path).rows == ((2, ("1",)),)


@pytest.mark.parametrize("content", [b"", b"  \n\n"])
def test_empty_file_is_refused(tmp_path, content):
    assert "fichier vide" in problems(csv_file(tmp_path, content))[0]


def test_headers_alone_are_refused(tmp_path):
    assert "aucune ligne" in problems(csv_file(tmp_path, b"a;b\n"))[0]


def test_headers_given_twice_or_left_empty_are_refused(tmp_path):
    found = problems(csv_file(tmp_path, b"a;;a;b\n1;2;3;4\n"))
    assert any("deux fois" in problem for problem in found)
    assert any("en-tête vide" in problem for problem in found)


def test_what_is_neither_text_nor_workbook_is_refused(tmp_path):
    assert "ni un texte" in problems(csv_file(tmp_path, b"\x89PNG\r\n\x1a\n\x00\x00\x00"))[0]
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert ".xls" in problems(csv_file(tmp_path, old, "ancien.xls"))[0]


def test_broken_or_foreign_archive_is_refused(tmp_path):
    assert "illisible" in problems(csv_file(tmp_path, b"PK\x03\x04 tronqu\xe9"))[0]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("lettre.txt", "bonjour")
    assert "sans feuille" in problems(csv_file(tmp_path, buffer.getvalue()))[0]


def test_missing_file_and_folder_are_refused(tmp_path):
    assert "illisible" in problems(tmp_path / "absent.csv")[0]
    assert "illisible" in problems(tmp_path)[0]


def test_unclosed_quotes_are_refused_with_their_row(tmp_path):
    content = b'a;b\n1;"' + b"x" * 200_000
    assert "ligne 2" in problems(csv_file(tmp_path, content))[0]
