import json

import pytest

from tests.golden.cleaning.cases import DIRECTORY, PAGES, cleaned


@pytest.fixture(scope="module")
def versions():
    return cleaned()


@pytest.mark.parametrize("page", PAGES)
def test_each_outlets_page_is_cleaned_as_recorded(versions, page):
    assert versions[page] == json.loads((DIRECTORY / f"{page}.json").read_text("utf-8"))
