"""The order of the list in words: from whom it starts, and the rule that it follows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from territoires.catalysts.likeness import CLOSE_KM, short_label
from territoires.model.catalysts import ECHELON_LABELS, KIND_LABELS, TRADE_LABELS
from territoires.model.formats import NO_BREAK, number, plural
from territoires.model.fragilities import BY_ID
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import LABELS, STRATA
from territoires.store.store import Store
from territoires.web.components.demonstration import keep
from territoires.web.directory.address import Asked, Mode, address
from territoires.web.directory.view import View
from territoires.web.typography import french

MODE_LABELS: dict[Mode | None, str] = {
    None: "Tous",
    Mode.NEAR: "Près de chez moi",
    Mode.LIKE: "Comme chez moi",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One of the three orders: its word, its address, whether it is the present one."""

    mode: Mode | None
    label: str
    address: str
    here: bool


def ways(asked: Asked) -> list[Way]:
    """Return the three orders, each with the address that keeps the filters and, where it can, the place."""
    return [
        Way(mode, label, keep(address(_in_order(asked, mode))), mode is asked.mode)
        for mode, label in MODE_LABELS.items()
    ]


def _in_order(asked: Asked, mode: Mode | None) -> Asked:
    """Return what is asked, in another order."""
    fits = mode is Mode.NEAR or (mode is Mode.LIKE and asked.level in (Level.COMMUNE, Level.EPCI))
    return replace(
        asked,
        mode=mode,
        level=asked.level if fits else None,
        territory=asked.territory if fits else None,
        radius=asked.radius if mode is Mode.NEAR else None,
        page=1,
    )


def place_words(store: Store, view: View) -> str:
    """Return the place that the list starts from: "Millau, commune (Aveyron)"; empty where there is none."""
    place = view.territory
    if place is None:
        return ""
    code = place.departement if place.level in (Level.COMMUNE, Level.EPCI) else place.region
    level = Level.DEPARTEMENT if place.level in (Level.COMMUNE, Level.EPCI) else Level.REGION
    parent = french(store.territories(level).get(code).name) if code else ""
    around = f" ({parent})" if parent and parent != french(place.name) else ""
    return f"{french(place.name)}, {WORDS[place.level].singular}{around}"


def choice_words(store: Store, view: View, asked: Asked) -> str:
    """Say every filter of a list, and where it starts from: "Région : Occitanie ; autour de Millau, commune…"."""
    choice = asked.choice
    region = choice.region and french(store.territories(Level.REGION).get(choice.region).name)
    said = (
        ("Mots", choice.text),
        ("Région", region),
        ("Domaine", choice.domain and BY_ID[choice.domain].label),
        ("Type d’organisation", choice.kind and KIND_LABELS[choice.kind]),
        ("Métier", choice.trade and TRADE_LABELS[choice.trade]),
        ("Échelon d’action", choice.level and ECHELON_LABELS[choice.level]),
        ("Taille des territoires", choice.stratum and LABELS[choice.stratum]),
        ("Comme chez moi" if asked.mode is Mode.LIKE else "Près de chez moi", place_words(store, view)),
        ("Rayon", view.territory and asked.radius and f"{number(asked.radius)}{NO_BREAK}km"),
        ("Réseaux proches", choice.networks and "compris"),
    )
    filters = " ; ".join(f"{name}{NO_BREAK}: {value}" for name, value in said if value)
    return filters or "Tous les catalyseurs"


def count_words(view: View, *, networks: bool) -> str:
    """Return how many organisations are listed: "12 catalyseurs", "57 organisations"."""
    return plural(len(view.results), "organisation" if networks else "catalyseur")


def order_words(view: View, asked: Asked) -> str:
    """Return the order of the list in one sentence, or an empty text."""
    if view.home is not None:
        return alerts_words(view.home.alerts, STRATA.index(view.home.stratum))
    if view.territory is not None:
        return (
            f"Du plus proche au plus lointain, à moins de {number(asked.radius)}{NO_BREAK}km."
            if asked.radius
            else "Du plus proche au plus lointain."
        )
    return ""


def alerts_words(alerts: tuple[str, ...], stratum: int) -> str:
    """Say what is known of a territory that peers are looked for."""
    size = LABELS[STRATA[stratum]]
    size = size if size.startswith("de ") else f"de {size}"
    if not alerts:
        return f"Territoire {size}. Aucun domaine n’y est en alerte parmi ceux de sa taille."
    said = ", ".join(short_label(domain) for domain in alerts)
    domain = "Domaine" if len(alerts) == 1 else "Domaines"
    return f"Territoire {size}. {domain} en alerte{NO_BREAK}: {said}."


#: The rule of « Comme chez moi », as it is said on the page.
RULE = (
    "Trois conditions comptent, et elles seules : agir sur un domaine en alerte dans votre territoire ; agir dans "
    "des territoires de votre taille (à défaut de taille déclarée, celle de la commune où l’organisation est "
    f"installée) ; couvrir votre territoire, ou se trouver à {number(CLOSE_KM)}{NO_BREAK}km au plus. Viennent "
    "d’abord les organisations qui en remplissent le plus, puis les plus proches. Celles qui n’en remplissent "
    "aucune ne sont pas listées."
)
