"""The pages in each language, on a desktop and a phone."""

import pytest
from playwright.sync_api import expect

from dashboard.wording.language import languages
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_compare import AT, digits

LINK = f"/?country=DEU&power=hpc&{AT}"
PATHS = (LINK, "/plans?country=DEU", "/about")


@pytest.mark.parametrize("code", sorted(languages()))
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_in_its_language_and_fits_a_phone(visitor, code, path):
    page = visitor(PHONE).open(f"{path}{'&' if '?' in path else '?'}lang={code}")
    assert page.evaluate("document.documentElement.lang") == code
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert page.get_by_test_id("stException").count() == 0


def test_the_switch_keeps_filters_and_figures(desktop):
    page = desktop.open(LINK)
    before = digits(page)
    for one in languages().values():
        if one.code == "en":
            continue
        page.locator("nav.languages").get_by_role("link", name=one.name).click()
        page.wait_for_url(f"**lang={one.code}**")
        desktop.settle()
        assert "power=hpc" in page.url
        assert digits(page) == before
        expect(page.locator("ol.rank .p b").first).to_contain_text(",")


@pytest.mark.parametrize("code", sorted(languages()))
def test_the_browsers_language_comes_first(visitor, code):
    page = visitor(DESKTOP, locale=f"{code}-{code.upper()}").open(LINK)
    assert page.evaluate("document.documentElement.lang") == code
    assert "lang=" not in page.url
