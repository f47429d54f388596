"""The 16 domains of fragility and the four criteria that group them.

Source: Observatoire des partenariats, "Savoir se situer dans un monde en mutation" (2024). The labels are
published as such; the column of a few domains in the published figure is read from its layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Criterion(StrEnum):
    """One of the four families of fragility."""

    ECONOMIC = "économiques"
    SOCIAL = "sociaux"
    SOCIETAL = "sociétaux"
    ENVIRONMENTAL = "environnementaux"


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of fragility: `id` is its word in addresses and files, `label` the published name."""

    id: str
    label: str
    criterion: Criterion


DOMAINS: tuple[Domain, ...] = (
    Domain("emploi", "Emploi / chômage / insertion", Criterion.ECONOMIC),
    Domain("developpement-economique", "Développement économique", Criterion.ECONOMIC),
    Domain("niveau-de-vie", "Niveau de vie / pouvoir d’achat", Criterion.ECONOMIC),
    Domain("pauvrete", "Pauvreté / lutte contre l’exclusion", Criterion.SOCIAL),
    Domain("diversite-handicap", "Diversité / handicap", Criterion.SOCIAL),
    Domain("vieillissement", "Vieillissement", Criterion.SOCIAL),
    Domain("lien-social", "Isolement / lien social", Criterion.SOCIAL),
    Domain("education", "Éducation", Criterion.SOCIETAL),
    Domain("sante", "Santé", Criterion.SOCIETAL),
    Domain("securite", "Sécurité / délinquance", Criterion.SOCIETAL),
    Domain("numerique", "Accès au numérique", Criterion.SOCIETAL),
    Domain("culture-loisirs", "Culture / loisirs", Criterion.SOCIETAL),
    Domain("environnement", "Environnement / pollution / biodiversité", Criterion.ENVIRONMENTAL),
    Domain("mal-logement", "Mal-logement", Criterion.ENVIRONMENTAL),
    Domain("energie", "Transition énergétique", Criterion.ENVIRONMENTAL),
    Domain("mobilite", "Mobilité / transport", Criterion.ENVIRONMENTAL),
)

BY_ID: dict[str, Domain] = {domain.id: domain for domain in DOMAINS}
