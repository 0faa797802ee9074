"""What an outlet says of itself by name, in whatever script, is its own voice, and no relay."""

from datetime import UTC, datetime

import pytest

from processors.model import ArticleId, Language
from processors.stages.claims import extract


@pytest.mark.parametrize(
    ("outlet", "via"),
    [
        ("Интерфакс", ()),
        ("Interfax", ()),
        ("РБК-Украина", ("Interfax",)),
        ("Вечерняя Застава", ("Interfax",)),
    ],
)
def test_the_outlet_relays_nobody_to_itself(outlet, via):
    text = "Киев отказался от обмена пленными, сообщила «Интерфаксу» омбудсмен Татьяна Москалькова."
    found = extract(
        text,
        language=Language.RU,
        published_at=datetime(2025, 8, 14, 12, tzinfo=UTC),
        article_id=ArticleId("a"),
        outlet=outlet,
    )
    assert [(claim.speaker_id, claim.via) for claim in found] == [("moskalkova", via)]
