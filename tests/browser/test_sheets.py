"""The sheets in a browser: accessible at both widths, copied, printed."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ("/reperes/region/53", "/reperes/commune/01002", "/reperes?q=rennes&sections=profil")
WIDTHS = (1280, 390)


@pytest.mark.parametrize("address", PAGES)
def test_a_sheet_has_no_fault_and_holds_in_both_widths(watched_page, live_server, axe_faults, address):
    for width in WIDTHS:
        watched_page.set_viewport_size({"width": width, "height": 900})
        watched_page.goto(live_server + address)
        assert axe_faults(watched_page) == []
        assert watched_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_link_of_a_sheet_is_copied(watched_page, live_server, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched_page.goto(f"{live_server}/reperes/region/53?taille=moins-2000")
    watched_page.get_by_role("button", name="Copier le lien").click()
    watched_page.get_by_text("Lien copié.").wait_for()
    copied = watched_page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server}/reperes/region/53?taille=moins-2000"


def test_on_paper_the_sheet_has_neither_buttons_nor_links_to_choose(watched_page, live_server):
    watched_page.goto(f"{live_server}/reperes/region/94")
    watched_page.emulate_media(media="print")
    assert not watched_page.locator(".sheet-ways").is_visible()
    assert watched_page.locator(".front").is_visible()
    assert watched_page.get_by_text("Chiffres simulés").first.is_visible()
