"""`territoires seal`: the manifest again, after a shipped file kept by hand was changed on purpose."""

from __future__ import annotations

import typer


def seal() -> None:
    """Refaire le manifeste après un changement voulu d’un fichier livré, sans tout reconstruire."""
    from territoires.build.publish import Draft, write_manifest
    from territoires.config import read_settings
    from territoires.errors import DataError
    from territoires.store.manifest import read_manifest

    settings = read_settings()
    data, geodata = settings.data.resolve(), settings.geodata.resolve()
    if (data.name, geodata.name, data.parent) != ("data", "geodata", geodata.parent):
        raise DataError(
            f"Le manifeste se refait pour deux dossiers voisins, data/ et geodata/ ; trouvés : {data}, {geodata}."
        )
    previous = read_manifest(data)
    version = write_manifest(Draft(data.parent), previous.release, previous.counts["indicators"])
    now = {entry.path: entry.sha256 for entry in read_manifest(data).files}
    before = {entry.path: entry.sha256 for entry in previous.files}
    for path in sorted(now.keys() | before.keys()):
        if now.get(path) != before.get(path):
            word = "changé" if path in now and path in before else "ajouté" if path in now else "retiré"
            typer.echo(f"{word} : {path}")
    typer.echo(f"Manifeste refait, version {version[:12]}. Vérifier : territoires check.")
