"""The parts of a workbook (XLSX) that do not depend on its rows: types, links, names of sheets, styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Positions in `cellXfs` of the part `styles.xml`.
GENERAL, HEAD, TEXT, WRAPPED, WHOLE = range(5)
MOST_DECIMALS = 4

#: Characters that XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

#: The names of the sheets.
SHEETS = ("Données", "Lire")


def text_of(cell: object) -> str:
    """Return a text fit for XML."""
    return escape(_FORBIDDEN.sub("", str(cell)))


def letters(position: int) -> str:
    """Return the letters of a column: 0 is "A", 26 is "AA"."""
    head, rest = divmod(position, 26)
    return (letters(head - 1) if head else "") + chr(65 + rest)


def fixed_parts(title: str, columns: int, rows: int) -> Iterator[tuple[str, str]]:
    """Yield path and content of every part but the sheets; the first sheet filters `columns` × `rows`."""
    sheets = range(1, len(SHEETS) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        for n in sheets
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
    )
    yield (
        "_rels/.rels",
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
    )
    yield (
        "docProps/core.xml",
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{text_of(title)}</dc:title><dc:creator>Territoires</dc:creator></cp:coreProperties>",
    )
    named = "".join(f'<sheet name="{text_of(SHEETS[n - 1])}" sheetId="{n}" r:id="rId{n}"/>' for n in sheets)
    yield (
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{named}</sheets>'
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"'{SHEETS[0]}'!$A$1:${letters(columns - 1)}${rows}</definedName></definedNames></workbook>",
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in sheets
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(SHEETS) + 1}" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
    )
    yield "xl/styles.xml", _styles()


def _styles() -> str:
    """Return the styles, in the order of the positions above; "@" keeps a code as it is when it is edited."""
    formats = "".join(
        f'<numFmt numFmtId="{163 + k}" formatCode="#,##0.{"0" * k}"/>' for k in range(1, MOST_DECIMALS + 1)
    )
    decimals = "".join(
        f'<xf numFmtId="{163 + k}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for k in range(1, MOST_DECIMALS + 1)
    )
    plain = 'fontId="0" fillId="0" borderId="0" xfId="0"'
    wrap = '<alignment vertical="top" wrapText="1"/>'
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{MOST_DECIMALS}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="10"/><name val="Arial"/></font>'
        '<font><b/><sz val="10"/><name val="Arial"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFEEEBE4"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{5 + MOST_DECIMALS}"><xf numFmtId="0" {plain}/>'
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" '
        f'applyAlignment="1">{wrap}</xf>'
        f'<xf numFmtId="49" {plain} applyNumberFormat="1"/>'
        f'<xf numFmtId="49" {plain} applyNumberFormat="1" applyAlignment="1">{wrap}</xf>'
        f'<xf numFmtId="3" {plain} applyNumberFormat="1"/>{decimals}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
