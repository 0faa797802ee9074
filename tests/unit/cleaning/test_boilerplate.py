import pytest

from processors.stages.cleaning.boilerplate import strip
from tests.fakes.captures import STORY

TAIL = (
    "Rivers and their towns are the subject of our other programme.",
    "It asks what becomes of a landing without a ferry.",
)


@pytest.mark.parametrize(
    "marker",
    [
        "Share the Post:",
        "Share this article",
        "Related articles",
        "READ ALSO",
        "Read also:",
        "Comments (12)",
        "3 comments",
        "Tags: war, exchange",
        "Поділитися:",
        "Схожі новини",
        "Читайте також:",
        "Материалы по теме",
        "Комментарии",
        "Czytaj także:",
        "© 2025 The Outlet. All rights reserved.",
    ],
)
def test_what_follows_an_end_marker_is_no_part_of_the_article(marker):
    assert strip([*STORY, marker, *TAIL], title="T") == list(STORY)


@pytest.mark.parametrize(
    "link",
    [
        "Read also: Winter tariffs explained",
        "Читайте також: Де ремонтують мости цього літа",
        "Читайте также: Где чинят мосты этим летом",
        "Support us: a pound a month keeps the lights on.",
        "Підтримайте нас на Patreon",
        "Підписуйтесь на наш Telegram-канал",
        "Follow us on Telegram",
        "Photo: the bridge in spring / A. Reed",
        "Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter",
        "Advertisement",
        "Реклама",
    ],
)
def test_a_link_or_an_appeal_within_the_text_goes_alone(link):
    assert strip([STORY[0], link, *STORY[1:]], title="T") == list(STORY)


@pytest.mark.parametrize(
    ("glued", "rest"),
    [
        ("The road was long.Support UP or become our patron!", "The road was long."),
        ("The road was long. Support UP or become our patron!", "The road was long."),
        ("Люди чекали на дорозі.Підписуйтесь на наш канал у Telegram", "Люди чекали на дорозі."),
        ("Люди ждали у дороги. Подписывайтесь на наш канал", "Люди ждали у дороги."),
    ],
)
def test_an_appeal_glued_to_a_sentence_is_cut(glued, rest):
    assert strip([*STORY, glued], title="T") == [*STORY, rest]


@pytest.mark.parametrize(
    "prose",
    [
        "The mayor asked everyone to follow us on the road and said the city would share the post office with the families.",
        "Support for the exchange is growing on both sides of the line.",
        "Shareholders of the plant refused to comment.",
        "Comments by the ministry did not name a number.",
        "Популярне серед туристів місто обстріляли вдень.",
        "Related families met the buses at the border.",
        "Key takeaways:",
        "- Another country announced a further package of aid.",
    ],
)
def test_prose_that_resembles_a_cue_stays(prose):
    assert strip([*STORY, prose, STORY[0]], title="T") == [*STORY, prose, STORY[0]]


def test_a_share_bar_above_the_text_does_not_end_it():
    assert strip(["Share this article", *STORY], title="T") == list(STORY)


def test_the_repeated_title_dateline_and_byline_go():
    head = ["A headline", "3 January 2024, 19:42", "By Ann Reed"]
    assert strip([*head, *STORY], title="A headline") == list(STORY)


def test_a_list_of_links_in_mid_text_goes_and_the_article_goes_on():
    links = ["Related", "Winter tariffs explained", "Where bridges are mended", "- Ferries: a timetable"]
    assert strip([STORY[0], *links, *STORY[1:], *STORY], title="T") == [STORY[0], *STORY[1:], *STORY]


def test_a_photo_credit_does_not_end_the_article():
    assert strip([STORY[0], "© A. Reed | agency", *STORY[1:]], title="T") == list(STORY)


def test_an_end_marker_glued_to_the_last_sentence_ends_the_article_too():
    assert strip([*STORY[:2], f"{STORY[2]} Share the Post:", *TAIL], title="T") == list(STORY)
