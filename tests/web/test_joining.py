"""What a page asks for comes with what it imports, in one file; other forms are refused at start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from territoires.errors import DataError
from territoires.web.fonts import FontFiles
from territoires.web.joining import join_modules, join_sheets
from territoires.web.static import ENTRIES, StaticFiles
from tests.web.reading import read

MODULES = {
    "a/entry.js": 'import { one as first, two } from "./one.js";\nimport { two as other } from "../two.js";\n'
    "await first(two, other);\n",
    "a/one.js": 'import {\n  two,\n} from "../two.js";\n\nexport function one() {\n  return two;\n}\nexport { two };\n',
    "two.js": "export const two = 2;\nexport async function three() {}\nexport class Four {}\n",
}

#: Scripts and sheets that the map page asks for before it is painted.
MOST_SCRIPTS, MOST_SHEETS = 5, 3


def joined(changes: dict[str, str] | None = None) -> str:
    files = MODULES | (changes or {})
    return join_modules("a/entry.js", files.__getitem__)


def test_each_module_comes_once_before_those_that_import_it() -> None:
    text = joined()
    assert re.findall(r"^// (.*)$", text, re.MULTILINE) == ["two.js", "a/one.js", "a/entry.js"]
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert "return { two, three, Four };" in text
    assert "const { one: first, two } = module1;" in text


@pytest.mark.parametrize(
    "form",
    [
        'import one from "./one.js";',
        'import * as one from "./one.js";',
        "export default 1;",
        "export let one = 1;",
        "await 1;",
        'const late = () => import("./one.js");',
    ],
)
def test_a_form_that_is_not_read_is_refused_with_its_file(form: str) -> None:
    with pytest.raises(DataError, match=re.escape(form)) as fault:
        joined({"two.js": f"{form}\n"})
    assert "two.js" in str(fault.value)


def test_modules_in_a_circle_are_refused() -> None:
    with pytest.raises(DataError, match=r"two\.js → a/one\.js"):
        joined({"two.js": 'import { one } from "./a/one.js";\nexport const two = one;\n'})


def test_sheets_are_joined_in_their_order() -> None:
    files = {
        "a/entry.css": '@import "../one.css";\n@import "two.css";\nc {}\n',
        "one.css": "a {}\n",
        "a/two.css": "b {}\n",
    }
    assert join_sheets("a/entry.css", files.__getitem__) == "a {}\n\nb {}\n\nc {}\n".replace("\n\n", "\n")


@pytest.mark.parametrize("address", ["url(x.png)", 'url("x.png")', "url( 'x.png')"])
def test_an_address_that_would_lead_elsewhere_is_refused(address: str) -> None:
    files = {"a/entry.css": '@import "../one.css";\n', "one.css": f"a {{ background: {address} }}\n"}
    with pytest.raises(DataError, match=r"one\.css"):
        join_sheets("a/entry.css", files.__getitem__)


def test_an_import_of_nothing_is_seen_at_start(tmp_path: Path) -> None:
    (tmp_path / "embed.js").write_text('import { a } from "./absent.js";\n')
    with pytest.raises(DataError, match=r"absent\.js"):
        StaticFiles(tmp_path, FontFiles(None))


@pytest.mark.parametrize("name", ENTRIES)
def test_the_entries_that_ship_import_nothing_more(shipped_client: Any, name: str) -> None:
    text = shipped_client.get(f"/statique/x/{name}").get_data(as_text=True)
    assert not re.search(r"^@?import\b", text, re.MULTILINE)
    assert len(text) > 10_000


def test_the_map_page_asks_for_few_files(shipped_client: Any) -> None:
    page = read(shipped_client.get("/carte"))
    own = [file for file in page.files if file.startswith("/statique/") and "/fonts/" not in file]
    scripts = [file for file in own if file.endswith(".js")]
    sheets = [file for file in own if file.endswith(".css")]
    assert len(scripts) <= MOST_SCRIPTS, scripts
    assert len(sheets) <= MOST_SHEETS, sheets
