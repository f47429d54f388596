"""The organisations named in public → `data/catalysts/published.csv` and `unplaced.csv`.

Reads the list gathered by the Observatoire (JSON, a row per organisation: name, type, city, region, domain,
website, url, status, note). Every decision taken on it stands here: which kind and profile a type is, which of
the 16 domains a word means, which towns the source does not really give. A town is looked up among the communes
of its region; what is not found exactly once is listed without a point, with the reason.

Run by `python -m territoires.build.named_catalysts FILE`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from territoires.analysis.search import normalise
from territoires.catalysts.records import SEPARATOR, format_rows
from territoires.config import read_settings
from territoires.model.catalysts import Echelon, Kind, Profile, Trade
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.store.store import Store, open_store

#: Words of a published type, and the kind, profile and trade they mean; the first that is found counts.
TYPES: tuple[tuple[str, Kind, Profile, Trade | None], ...] = (
    ("french impact", Kind.FRENCH_IMPACT, Profile.ENGINEERING, None),
    ("start-up de territoire", Kind.START_UP_DE_TERRITOIRE, Profile.ENGINEERING, None),
    ("ptce", Kind.CLUSTER, Profile.ENGINEERING, None),
    ("fondation", Kind.FOUNDATION, Profile.FOUNDATIONS, None),
    ("fonds de dotation", Kind.FOUNDATION, Profile.FOUNDATIONS, None),
    ("mécénat", Kind.PATRONS, Profile.FOUNDATIONS, None),
    ("mécènes", Kind.PATRONS, Profile.FOUNDATIONS, None),
    ("maison des associations", Kind.HOUSE_OF_ASSOCIATIONS, Profile.ASSOCIATIONS, Trade.PLACE),
    ("tiers-lieu", Kind.THIRD_PLACE, Profile.ASSOCIATIONS, Trade.PLACE),
    ("accompagnateur", Kind.SUPPORT, Profile.ENGINEERING, Trade.SUPPORT),
    ("incubateur", Kind.INCUBATOR, Profile.ENGINEERING, Trade.SUPPORT),
    ("centre de ressources", Kind.RESOURCE_CENTRE, Profile.ENGINEERING, None),
    ("bassin d'emploi", Kind.EMPLOYMENT_COMMITTEE, Profile.ENGINEERING, None),
    ("agence de développement", Kind.DEVELOPMENT_AGENCY, Profile.ENGINEERING, None),
    ("dynamiques territoriales", Kind.LOCAL_DYNAMIC, Profile.FOUNDATIONS, None),
    ("collectivité", Kind.AUTHORITY, Profile.AUTHORITIES, None),
    ("association", Kind.ASSOCIATION, Profile.ASSOCIATIONS, None),
    ("associatif", Kind.ASSOCIATION, Profile.ASSOCIATIONS, None),
    ("entreprise", Kind.COMPANY, Profile.COMPANIES, None),
    ("académique", Kind.ACADEMIC, Profile.ACADEMICS, None),
)

#: Kinds that act locally by what they are; the échelon of the others is known when their name says it.
LOCAL: frozenset[Kind] = frozenset(
    {
        Kind.FRENCH_IMPACT, Kind.START_UP_DE_TERRITOIRE, Kind.CLUSTER, Kind.FOUNDATION, Kind.HOUSE_OF_ASSOCIATIONS,
        Kind.THIRD_PLACE, Kind.EMPLOYMENT_COMMITTEE, Kind.AUTHORITY,
    }
)  # fmt: skip

#: Words of the published domains, and the domain they mean. Others (mécénat, innovation sociale…) mean none.
WORDS: dict[str, str] = {
    "developpement economique": "developpement-economique",
    "entrepreneuriat": "developpement-economique",
    "entrepreneuriat social": "developpement-economique",
    "emploi": "emploi",
    "emploi chomage insertion": "emploi",
    "vieillissement": "vieillissement",
    "isolement": "lien-social",
    "acces au numerique": "numerique",
    "education": "education",
    "transition energetique": "energie",
    "environnement": "environnement",
    "environnement biodiversite": "environnement",
    "culture": "culture-loisirs",
    "lutte contre l exclusion": "pauvrete",
    "mobilite transport": "mobilite",
}
ALL_DOMAINS = "tous domaines"

#: Territories that an organisation names as its own; region and EPCI codes of the shipped territories.
COVERS: dict[str, str] = {
    "Métropole de Lyon": "epci:200046977",
    "Eurométropole / Métropole de Strasbourg": "epci:246700488",
    "Communauté de communes du Val d'Amour": "epci:243900420",
    "Plateforme RSE Nantes Métropole": "epci:244400404",
    "La Place des Possibles – Royans-Vercors": "epci:200067767",
    "Fondation territoriale de Loire-Atlantique (FT44)": "departement:44",
    "Fondation territoriale de la Vienne": "departement:86",
    "Conseil départemental de l'Aude – Alliance pour la Jeunesse Audoise": "departement:11",
    "Territoire French Impact – Aix-Marseille-Provence": "epci:200054807",
    "Territoire French Impact – Lyon-Métropole": "epci:200046977",
    "Territoire French Impact – Nantes Métropole": "epci:244400404",
    "Territoire French Impact – Pays de Grasse": "epci:200039857",
    "Territoire French Impact – Roissy Pays-de-France": "epci:200055655",
    "Territoire French Impact – Strasbourg Eurométropole": "epci:246700488",
    "Territoire French Impact – Valence-Romans": "epci:200068781",
    "Territoire French Impact – Toulouse Métropole": "epci:243100518",
    "Territoire French Impact – Grand Narbonne": "epci:241100593",
    "Territoire French Impact – Grenoble-Alpes Métropole": "epci:200040715",
    "Territoire French Impact – Grand Chambéry": "epci:200069110",
    "Territoire French Impact – Grand Poitiers": "epci:200069854",
    "Territoire French Impact – Mayotte": "region:06",
    "Territoire French Impact – Région Bretagne": "region:53",
    "Territoire French Impact – Région Normandie": "region:28",
    "Territoire French Impact – Région Nouvelle-Aquitaine": "region:75",
    "Pôle Mécénat Pays de la Loire": "region:52",
    "Pôle Mécénat Occitanie": "region:76",
    "Pôle Mécénat Nouvelle-Aquitaine": "region:75",
    "CPIE des Pays de la Loire": "region:52",
    "Start-up de territoire Hauts-de-France": "region:32",
    "Réseau régional Associations et Territoires": "region:28",
}

#: Towns that the list gives but that its own notes do not hold for the seat.
DOUBTFUL: dict[str, str] = {
    "Fondation AgisSens": "Chambéry est le lieu d’un événement : le siège n’est pas vérifié",
    "CPIE des Pays de la Loire": "Nantes est le lieu d’une rencontre : le siège peut différer",
    "Initiatives et Cité": "le siège à Lille n’est pas écrit dans la source",
    "France Active MPA Occitanie": "le Comminges est un pays, pas une commune, et la source écrit « Ariège »",
}

#: Départements that a note names.
DEPARTEMENTS: dict[str, str] = {
    "Gard": "30", "Lozère": "48", "Gers": "32", "Haute-Garonne": "31", "Aveyron": "12", "Jura": "39",
    "Maine-et-Loire": "49",
}  # fmt: skip

#: What the source is called, by the beginning of its address.
SEEDS: dict[str, str] = {
    "seeds/001": "Observatoire des partenariats, « Savoir se situer dans un monde en mutation » (2024)",
    "seeds/002": "Le RAMEAU, « Alliance et innovation » (2022)",
}

#: Notes of the list that are rewritten: working notes, and whatever names a person.
NOTES: tuple[tuple[str, str], ...] = (
    (r"^Sa directrice .*", "Copréside le Réseau des pionniers des alliances en Territoire"),
    (r"^REGION/CITY inferred.*?assumption\)\. ", "Ville et région déduites du nom du territoire. "),
    (r"^(39 )?Jura$", ""),
    (r" \(https?://\S+\)", ""),
    (r" ; aussi https?://\S+", ""),
)


#: Positions of the communes by name and region.
Towns = dict[tuple[str, str | None], list[int]]


def named(
    rows: Iterable[Mapping[str, str]], store: Store
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the canonical rows of what could be placed, and of what could not with the reason as `note`."""
    placed: list[dict[str, str]] = []
    unplaced: list[dict[str, str]] = []
    towns: Towns = defaultdict(list)
    communes = store.territories(Level.COMMUNE)
    for position, name in enumerate(communes.names):
        towns[normalise(name), communes.parent_codes[Level.REGION][position]].append(position)
    for row in rows:
        record = _record(row, store, towns)
        (placed if record["commune"] else unplaced).append(record)
    return placed, unplaced


def _record(row: Mapping[str, str], store: Store, towns: Towns) -> dict[str, str]:
    name, type_ = row["name"].strip(), row["type"]
    _, kind, profile, trade = next(found for found in TYPES if found[0] in type_.lower())
    regions = {normalise(each): code for each, code in _named(store, Level.REGION)}
    region = regions.get(normalise(row["region"]), "")
    commune, town, reason = _place(name, row["city"], region, store, towns)
    note = _note(row["note"])
    departement = next((code for word, code in DEPARTEMENTS.items() if f": {word}" in row["note"]), "")
    if row["note"] in ("Jura", "39 Jura") or row["note"].startswith("Maine-et-Loire"):
        departement = DEPARTEMENTS[row["note"].split(" ;")[0]]
    covers = COVERS.get(name, "")
    source, address = _source(row["url"])
    return {
        "id": normalise(name).replace(" ", "-"),
        "name": name.replace("'", "’"),
        "kind": kind,
        "profile": profile,
        "town": town,
        "commune": commune,
        "departement": "" if commune else departement,
        "region": "" if commune else region,
        "lon": "",
        "lat": "",
        "level": _echelon(name, type_, kind, covers),
        "covers": covers,
        "domains": SEPARATOR.join(_domains(row["domain"])),
        "trades": trade or "",
        "strata": "",
        "presentation": _presentation(type_, row["domain"]),
        "website": f"https://{row['website']}" if row["website"] else "",
        "source": source,
        "source_url": address,
        "verified_on": "",
        "certainty": row["status"],
        "near_network": "",
        "note": ". ".join(filter(None, (reason, note))),
    }


def _named(store: Store, level: Level) -> list[tuple[str, str]]:
    territories = store.territories(level)
    return list(zip(territories.names, territories.codes, strict=True))


def _place(name: str, city: str, region: str, store: Store, towns: Towns) -> tuple[str, str, str]:
    """Return the code of the commune, the town, and what is to be said of it or why there is none."""
    if name in DOUBTFUL:
        return "", "", f"Sans point sur la carte : {DOUBTFUL[name]}"
    if not city:
        return "", "", "Sans point sur la carte : la source n’écrit pas la commune"
    first, *others = (part.strip() for part in city.split(" / "))
    communes = store.territories(Level.COMMUNE)
    here = towns.get((normalise(first), region), [])
    if len(here) != 1:
        return "", "", f"Sans point sur la carte : {len(here)} communes de ce nom dans la région, {first}"
    said = f"Placé à {first}, première des villes citées ({city})" if others else ""
    return communes.codes[here[0]], communes.names[here[0]], said


def _domains(words: str) -> list[str]:
    if words == ALL_DOMAINS:
        return [domain.id for domain in DOMAINS]
    meant = {WORDS.get(normalise(word)) for word in words.split(";")}
    return [domain.id for domain in DOMAINS if domain.id in meant]


def _echelon(name: str, type_: str, kind: Kind, covers: str) -> str:
    if covers.startswith("region:") or re.search(r"\brégion(al)?", f"{name} {type_}", re.IGNORECASE):
        return Echelon.REGIONAL
    return Echelon.LOCAL if kind in LOCAL else ""


def _presentation(type_: str, domain: str) -> str:
    said = type_[0].upper() + type_[1:]
    field = f" Champ d’action cité : {domain[0].lower() + domain[1:]}." if domain else ""
    return f"{said}.{field}".replace("'", "’")


def _note(note: str) -> str:
    for pattern, said in NOTES:
        note = re.sub(pattern, said, note)
    return (note[:1].upper() + note[1:]).replace("'", "’").strip()


def _source(url: str) -> tuple[str, str]:
    for start, title in SEEDS.items():
        if url.startswith(start):
            return title, ""
    host = re.sub(r"^https?://(www\.)?", "", url).split("/")[0].rstrip(".")
    return host, url


def main(path: Path) -> None:
    """Write both files from the list at `path`."""
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    rows = json.loads(path.read_text(encoding="utf-8"))
    folder = settings.data / "catalysts"
    folder.mkdir(exist_ok=True)
    for name, records in zip(("published.csv", "unplaced.csv"), named(rows, store), strict=True):
        (folder / name).write_text(format_rows(records), encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
