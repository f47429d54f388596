"""Read a page as a test needs it: its titles, its links, its fields, the order of its headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

FIELDS = ("input", "select", "textarea")


@dataclass
class Page:
    """What a page holds."""

    language: str = ""
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    mains: list[str | None] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    link_words: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    fields: list[dict[str, str | None]] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    notices: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    inline_scripts: int = 0
    tables: int = 0
    row_headers: int = 0
    text: str = ""

    @property
    def level_ones(self) -> list[str]:
        """The titles of the first level."""
        return [text for level, text in self.headings if level == 1]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        page = self.page
        if "id" in found:
            page.ids.append(found["id"] or "")
        match tag:
            case "html":
                page.language = found.get("lang") or ""
            case "main":
                page.mains.append(found.get("id"))
            case "link" | "script" if found.get("href") or found.get("src"):
                page.files.append(found.get("href") or found.get("src") or "")
            case "script" if found.get("type") != "application/json":
                page.inline_scripts += 1
            case "table":
                page.tables += 1
            case "input" | "select" | "textarea":
                page.fields.append(found)
                if any(name == "label" for name, _, _ in self._open):
                    page.labelled.add(found.get("id") or str(len(page.fields)))
                    found["within"] = "label"
            case "label" if found.get("for"):
                page.labelled.add(found["for"] or "")
            case "th" if found.get("scope"):
                page.row_headers += 1
        self._open.append((tag, found, []))

    def handle_data(self, data: str) -> None:
        self.page.text += data
        for _, _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, attrs, words = self._open.pop()
            text = " ".join("".join(words).split())
            if name == "title" and not self.page.title:
                self.page.title = text
            elif name in ("h1", "h2", "h3", "h4"):
                self.page.headings.append((int(name[1]), text))
            elif name == "a" and attrs.get("href"):
                self.page.links.append(attrs["href"] or "")
                self.page.link_words.append(text)
            elif "notice" in (attrs.get("class") or "").split():
                self.page.notices.append(text)
            if name == tag:
                return


def read(response: Any) -> Page:
    """Return what the page of a response holds."""
    assert response.mimetype == "text/html", response.mimetype
    reader = _Reader()
    reader.feed(response.get_data(as_text=True))
    return reader.page
