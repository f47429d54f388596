"""The figures of the small invented country, in the format of the producers' tables.

Every number follows from the position of the commune in the list by a formula that can be redone by hand.
"""

import csv
from pathlib import Path

import pandas as pd

from territoires.model.catalogue import COLUMNS
from territoires.model.fragilities import DOMAINS

ROW = dict.fromkeys(COLUMNS, "") | {
    "definition": "Définition d’essai.",
    "reading": "Lecture d’essai.",
    "odd": "8",
    "unit": "%",
    "nature": "ratio",
    "direction": "1",
    "scale": "100",
    "finest_level": "commune",
    "counts_level": "commune",
    "aggregation": "sum_ratio",
    "lower": "0",
    "upper": "100",
    "vintage": "2022",
    "source": "rp",
    "confidence": "official copy",
    "decimals": "1",
}

#: One indicator of each kind; the first is a plain share by commune.
ROWS: list[dict[str, str]] = [
    {"id": "chomage", "domain": "emploi", "label": "Taux de chômage", "numerator": "rp.chom",
     "denominator": "rp.act", "minimum_base": "100", "synonyms": "sans emploi"},
    {"id": "chomage_evol", "domain": "emploi", "label": "Évolution du taux de chômage", "nature": "change",
     "change_type": "points", "unit": "points", "numerator": "rp.chom", "denominator": "rp.act",
     "numerator_0": "rp.chom_0", "denominator_0": "rp.act_0", "years": "6", "centre": "0",
     "lower": "-100", "upper": "100"},
    {"id": "population_evol", "domain": "lien-social", "label": "Évolution de la population",
     "nature": "change", "change_type": "pct_per_year", "unit": "% par an", "numerator": "rp.pop",
     "numerator_0": "rp.pop_0", "years": "5", "scale": "1", "lower": "-50", "upper": "50",
     "direction": "-1", "centre": "0", "decimals": "2"},
    {"id": "niveau_vie", "domain": "niveau-de-vie", "label": "Niveau de vie médian", "nature": "median",
     "unit": "€ par an", "value": "filo.med", "aggregation": "published_or_none", "scale": "1",
     "published": "epci:filo.med ; region:filo.med", "source": "filo", "direction": "-1",
     "lower": "5000", "upper": "60000", "decimals": "0"},
    {"id": "bibliotheques", "domain": "culture-loisirs", "label": "Nombre de bibliothèques",
     "nature": "stock", "unit": "bibliothèques", "value": "equip.biblio", "aggregation": "sum",
     "scale": "1", "source": "equip", "direction": "-1", "lower": "0", "upper": "1000", "decimals": "0"},
    {"id": "sans_gare", "domain": "mobilite", "label": "Commune sans gare", "nature": "flag",
     "unit": "oui/non", "aggregate_unit": "% des communes", "value": "equip.sans_gare",
     "aggregation": "share_of_communes", "scale": "1", "source": "equip", "decimals": "0"},
    {"id": "inondation", "domain": "environnement", "label": "Commune exposée aux inondations",
     "nature": "flag", "unit": "oui/non", "aggregate_unit": "% de la population", "value": "equip.inond",
     "numerator": "equip.pop_inond", "denominator": "equip.pop", "source": "equip", "decimals": "0"},
    {"id": "chomage_zone", "domain": "emploi", "label": "Chômage de la zone d’emploi", "nature": "index",
     "value": "zone.taux", "finest_level": "ze", "counts_level": "ze", "inherited_from": "ze",
     "aggregation": "none", "source": "zone", "scale": "1"},
    {"id": "aides", "domain": "diversite-handicap", "label": "Allocataires (département)",
     "unit": "pour 100 habitants", "numerator": "aide.allocataires", "denominator": "aide.pop",
     "finest_level": "departement", "counts_level": "departement", "source": "aide"},
    {"id": "cambriolages", "domain": "securite", "label": "Cambriolages pour 1 000 habitants",
     "unit": "pour 1 000 habitants", "value": "crime.taux", "numerator": "crime.faits",
     "denominator": "crime.pop", "scale": "1000", "counts_level": "departement", "source": "crime"},
    {"id": "lycees", "domain": "education", "label": "Réussite au lycée", "value": "equip.reussite",
     "aggregation": "published_or_none", "nature": "index", "direction": "-1", "source": "equip",
     "scale": "1"},
]  # fmt: skip

#: Domains that the invented catalogue leaves without an indicator.
EMPTY_DOMAINS = {domain.id for domain in DOMAINS} - {row["domain"] for row in ROWS}

SOURCE = """
[source.{name}]
producer = "Institut d’essai"
title = "Table {name}"
official_page = ""
licence = "Licence Ouverte 2.0"
licence_confirmed = false
vintage = "2022"
confidence = "official copy"
caveats = "Pays inventé."
short = "Institut d’essai, {name}"
"""


def write_catalogue(data: Path, rows: list[dict[str, str]] | None = None) -> None:
    """Write catalogue.csv, sources.toml, former_codes.csv and set_aside.csv into `data`."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "catalogue.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ROW | row for row in (ROWS if rows is None else rows))
    sources = "".join(SOURCE.format(name=name) for name in ("rp", "filo", "equip", "zone", "aide", "crime"))
    (data / "sources.toml").write_text('release = "2026-01"\n' + sources, encoding="utf-8")
    (data / "former_codes.csv").write_text("level,code,becomes,note\nepci,999,,dissoute\n", encoding="utf-8")
    (data / "set_aside.csv").write_text("source,variable,where,note\n", encoding="utf-8")


def commune_rows(lists: Path) -> list[dict[str, str]]:
    """Return the rows of the commune list, in code order."""
    with (lists / "communes_2026.csv").open(encoding="utf-8") as handle:
        return sorted(csv.DictReader(handle), key=lambda row: row["code"])


def write_tables(sources: Path, lists: Path) -> None:
    """Write `tables/*.parquet` for the communes of `lists`.

    Position k (from 0): active = population // 2, unemployed = active × (5 + k % 11) %; the commune at
    position 3 has no active inhabitant; median income is secret under 500 inhabitants.
    """
    folder = sources / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    communes = commune_rows(lists)
    codes = [row["code"] for row in communes]
    people = [int(row["population"]) for row in communes]
    active = [0 if k == 3 else n // 2 for k, n in enumerate(people)]
    unemployed = [a * (5 + k % 11) // 100 for k, a in enumerate(active)]
    frame = pd.DataFrame({"code": codes})
    rp = frame.assign(
        pop=people,
        pop_0=[n - k % 7 for k, n in enumerate(people)],
        act=active,
        chom=unemployed,
        act_0=[a + k % 3 for k, a in enumerate(active)],
        chom_0=[max(0, c - k % 5) for k, c in enumerate(unemployed)],
    ).astype(dict.fromkeys(("pop", "pop_0", "act", "chom", "act_0", "chom_0"), "float32"))
    rp.to_parquet(folder / "rp.commune.parquet")
    secret = [n < 500 for n in people]
    frame.assign(
        med=[None if s else 18_000 + 100 * k for k, s in enumerate(secret)],
        med__status=["secret" if s else None for s in secret],
    ).to_parquet(folder / "filo.commune.parquet")
    frame.assign(
        biblio=[n // 1500 for n in people],
        sans_gare=[float(k % 3 != 0) for k in range(len(codes))],
        inond=[float(k % 4 == 0) for k in range(len(codes))],
        pop_inond=[n if k % 4 == 0 else 0 for k, n in enumerate(people)],
        pop=people,
        reussite=[90.0 - k % 10 if n >= 2000 else None for k, n in enumerate(people)],
        reussite__status=[None if n >= 2000 else "not_applicable" for n in people],
    ).to_parquet(folder / "equip.commune.parquet")
    frame.assign(ze2020=[f"Z{k % 3}" for k in range(len(codes))]).to_parquet(
        folder / "ref_zonages.commune.parquet"
    )
    frame.assign(
        taux=[4.0 + k % 5 for k in range(len(codes))],
        taux__status=["estimated" if n < 1000 else None for n in people],
    ).to_parquet(folder / "crime.commune.parquet")
    pd.DataFrame({"code": ["Z0", "Z1", "Z2"], "taux": [7.5, 8.25, 6.0]}).to_parquet(
        folder / "zone.ze.parquet"
    )
    _higher(folder, lists, communes)


def _higher(folder: Path, lists: Path, communes: list[dict[str, str]]) -> None:
    """Write the tables published above the commune."""
    epci = sorted({row["epci"] for row in communes if row["epci"]})
    departements = sorted({row["departement"] for row in communes})
    regions = sorted({row["region"] for row in communes})
    people = {
        code: sum(int(r["population"]) for r in communes if r["departement"] == code) for code in departements
    }
    pd.DataFrame(
        {"code": [*epci, "999"], "med": [20_000.0 + 500 * k for k in range(len(epci) + 1)]}
    ).to_parquet(folder / "filo.epci.parquet")
    pd.DataFrame({"code": regions, "med": [21_000.0 + 1000 * k for k in range(len(regions))]}).to_parquet(
        folder / "filo.region.parquet"
    )
    pd.DataFrame(
        {
            "code": departements,
            "allocataires": [people[code] // 50 for code in departements],
            "pop": [people[code] for code in departements],
        }
    ).to_parquet(folder / "aide.departement.parquet")
    pd.DataFrame(
        {
            "code": departements,
            "faits": [people[code] // 200 for code in departements],
            "pop": [people[code] for code in departements],
        }
    ).to_parquet(folder / "crime.departement.parquet")
