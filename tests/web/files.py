"""The files to take away, read again as a person or a program would: what their tests share."""

import csv
import io

import numpy as np
import pandas as pd

from territoires.analysis.tables import Column, Fact, Kind, Table

COMMUNES = "/telecharger/commune/chomage"
BOM = b"\xef\xbb\xbf"


def fetch(client, address, *, method="GET", **options):
    """Ask for a file and close it: what stands on disk is sent from there."""
    with client.open(address, method=method, **options) as answer:
        answer.get_data()
        return answer


def french_rows(content):
    assert content.startswith(BOM)
    assert content.count(BOM) == 1
    assert content.count(b"\n") == content.count(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def machine_frame(content, **options):
    assert not content.startswith(BOM)
    assert b"\r" not in content
    text = {"code": str, "departement_code": str, "region_code": str, "epci_code": str}
    return pd.read_csv(io.BytesIO(content), dtype=text, **options)


def expected(store, level, indicator):
    found = store.indicator(indicator)
    return np.round(store.values(level, indicator).astype(np.float64), found.decimals)


def as_number(text):
    return float(text.replace(",", ".")) if text else np.nan


def invented(texts, numbers):
    columns = (
        Column("code", "Code", Kind.TEXT, texts),
        Column("value", "Valeur", Kind.NUMBER, np.array(numbers), 1),
    )
    facts = (Fact("source", "Source", "=2+3"),)
    return Table("=1+1", None, len(texts), columns, facts, (Fact("note", "Note", "@SUM(A1)\x00<&>"),))
