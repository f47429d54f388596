"""Indicators are found by the words that people type: as a mayor would, without accents or plurals."""

from __future__ import annotations

import pytest

from territoires.store.store import TableStore
from territoires.web.finder import EMPTY_WORDS, IndicatorFinder, words_of

#: What is typed, and the indicators that must be among the first three.
QUERIES: list[tuple[str, tuple[str, ...]]] = [
    ("chomage", ("emp_txchom_1564",)),
    ("CHÔMAGE", ("emp_txchom_1564",)),
    ("taux de chômage des jeunes", ("emp_txchom_1524",)),
    ("chomage longue duree", ("emp_defm_dur34",)),
    ("demandeurs d'emploi", ("emp_txchom_1564", "emp_defm_hab")),
    ("combien de chômeurs dans ma ville", ("emp_txchom_1564", "emp_defm_hab")),
    ("jeunes sans emploi ni formation", ("emp_neet",)),
    ("temps partiel", ("emp_tpspart_epci",)),
    ("interim", ("emp_precaire",)),
    ("RSA", ("pau_rsa", "emp_defm_rsa")),
    ("passoires", ("ene_dpe_fg",)),
    ("passoire thermique", ("ene_dpe_fg",)),
    ("medecin", ("san_mg", "san_apl_mg")),
    ("médecins généralistes", ("san_mg", "san_apl_mg")),
    ("pas de médecin dans ma commune", ("san_mg", "san_apl_mg")),
    ("desert medical", ("san_mg", "san_eloign")),
    ("toubib", ("san_mg",)),
    ("dentiste", ("san_chirurgien_dentiste", "san_apl_dent")),
    ("kine", ("san_apl_kine",)),
    ("urgences", ("san_dist_urg",)),
    ("hopitaux", ("san_hopital_court_sejour",)),
    ("fermeture maternité", ("san_maternite",)),
    ("ehpad", ("vie_d4", "vie_d401")),
    ("personnes agees seules", ("vie_80p_seul",)),
    ("vieillissement", ("vie_iv",)),
    ("75 ans", ("vie_75p",)),
    ("pauvrete", ("pau_tp60",)),
    ("pauvreté des jeunes", ("pau_tp60age1",)),
    ("familles monoparentales", ("pau_mono",)),
    ("aide sociale à l'enfance", ("pau_totenfaccueillisase_dep",)),
    ("quartiers prioritaires", ("pau_nb_qpv", "pau_qpv_tp60")),
    ("logements vacants", ("log_vacants",)),
    ("logement vacant", ("log_vacants",)),
    ("HLM", ("log_rpls", "log_rpls_vac")),
    ("loyers", ("log_loyer_appt", "niv_effort_loyer")),
    ("hausse des loyers", ("log_loyer_evol_epci",)),
    ("prix de l’immobilier", ("log_prixm2", "log_prix_evol_epci")),
    ("logement trop petit", ("log_surocc",)),
    ("residences secondaires", ("log_secondaires",)),
    ("permis de construire", ("log_autorises",)),
    ("fibre", ("num_ftth",)),
    ("illectronisme", ("num_ifn", "num_cnum")),
    ("maison france services", ("num_france_services",)),
    ("fermeture ecole", ("iso_sans_ecole", "edu_ecoles_elementaires")),
    ("crèches", ("edu_creche",)),
    ("sans diplome", ("edu_infbac",)),
    ("resultats du bac", ("edu_bac", "edu_mentions")),
    ("cambriolages", ("sec_burglary",)),
    ("violences conjugales", ("sec_violence_family",)),
    ("drogue", ("sec_drug_use", "sec_drug_trafficking")),
    ("arnaque carte bancaire", ("sec_fraud",)),
    ("inondations", ("ris_inond",)),
    ("maisons fissurées sécheresse", ("ris_catnat_sech",)),
    ("feux de foret", ("ris_feux",)),
    ("eau potable", ("env_eau_nitrates",)),
    ("betonisation", ("env_imperm",)),
    ("velo", ("mob_velo", "mob_cyclabilite")),
    ("bus", ("mob_tc",)),
    ("borne de recharge", ("ene_irve",)),
    ("panneaux solaires", ("ene_sol_inst",)),
    ("prix de l'essence", ("niv_prix_gazole",)),
    ("abstention", ("iso_abst_m26t1",)),
    ("derniere boulangerie", ("iso_boulangerie", "iso_bpe_b2")),
    ("la poste", ("iso_poste",)),
    ("distributeur banque", ("iso_a203",)),
    ("baisse de la population", ("iso_pop_evol",)),
    ("mediatheque", ("cul_biblio",)),
    ("terrain de foot", ("spo_f113",)),
    ("piscine", ("spo_piscine",)),
    ("revenu median", ("niv_med",)),
    ("inegalites", ("niv_gini", "niv_rd")),
    ("taxe fonciere", ("eco_tfpb",)),
    ("poubelles", ("eco_teom",)),
    ("usines", ("eco_sectindus_pct_epci", "eco_etbe18")),
    ("agriculteurs", ("eco_csp_agri",)),
    ("petites villes de demain", ("eco_prg_pvd",)),
    ("AAH", ("han_aah_dep",)),
    ("immigrés", ("div_imm",)),
    ("chomaje", ("emp_txchom_1564",)),
    ("emp_txchom_1564", ("emp_txchom_1564",)),
]


@pytest.fixture(scope="module")
def finder(shipped_store: TableStore) -> IndicatorFinder:
    return IndicatorFinder(shipped_store.indicators)


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_a_query_as_a_mayor_types_it_finds_the_indicators_among_the_first(
    finder: IndicatorFinder, query: str, expected: tuple[str, ...]
) -> None:
    first = [indicator.id for indicator in finder.find(query)[:4]]
    assert set(expected) <= set(first), first
    assert first[0] in expected or set(first[:3]) & set(expected), first


def test_there_are_enough_real_queries() -> None:
    assert len({query for query, _ in QUERIES}) >= 40


def test_every_label_typed_whole_finds_its_indicator_first(
    finder: IndicatorFinder, shipped_store: TableStore
) -> None:
    missed = [
        indicator.label
        for indicator in shipped_store.indicators
        if indicator not in finder.find(indicator.label.upper())[:3]
    ]
    assert missed == []


def test_every_synonym_finds_its_indicator(finder: IndicatorFinder, shipped_store: TableStore) -> None:
    missed = [
        (indicator.id, synonym)
        for indicator in shipped_store.indicators
        for synonym in indicator.synonyms
        if indicator not in finder.find(synonym)
    ]
    assert missed == []


def test_a_label_comes_before_a_synonym_and_a_synonym_before_a_definition(finder: IndicatorFinder) -> None:
    places = [indicator.id for indicator in finder.find("pharmacie")]
    assert places[0] == "san_pharma"
    commerce = [indicator.id for indicator in finder.find("boutiques")]
    assert commerce[:2] == ["eco_etgz18", "eco_bpe_b3"]


def test_the_beginning_of_a_word_is_enough(finder: IndicatorFinder) -> None:
    assert finder.find("bibli")[0].id == "cul_biblio"


def test_an_empty_query_finds_everything_and_nonsense_nothing(
    finder: IndicatorFinder, shipped_store: TableStore
) -> None:
    assert finder.find("  ") == list(shipped_store.indicators)
    assert finder.find("zzzzqq") == []
    assert finder.find("de la") == []


def test_plurals_and_accents_make_no_difference() -> None:
    assert words_of("les Hôpitaux") == ["hopital"]
    assert words_of("réseaux d’eaux") == ["reseau", "eau"]
    assert not EMPTY_WORDS & set(words_of("le taux de la commune et des écoles"))
