"""What is extracted from small texts in each language: kinds, speakers, figures, attribution, background, hard negatives."""

from datetime import UTC, datetime

import pytest

from processors.model import ArticleId, Kind, Language, Side
from processors.stages.claims import extract

WEDNESDAY = datetime(2024, 7, 17, 12, tzinfo=UTC)


def claims(text: str, language: str = "en", at: datetime = WEDNESDAY):
    return extract(text, language=Language(language), published_at=at, article_id=ArticleId("a"))


def rows(text: str, language: str = "en"):
    """(kind, speaker, UA, RU) of each claim, figures by their lower bound, else `<` and the upper one."""

    def figure(quantity):
        if quantity is None:
            return None
        return quantity.min if quantity.min is not None else f"<{quantity.max}"

    return {
        (c.kind.value, c.speaker_id, figure(c.returned.UA), figure(c.returned.RU))
        for c in claims(text, language)
    }


CASES = [
    # attribution in every order
    (
        "en",
        "Dmytro Lubinets said 95 Ukrainians came home in the prisoner exchange.",
        {("exchange", "lubinets", 95, None)},
    ),
    (
        "en",
        "Ukraine swapped prisoners, and 95 Ukrainians came home, said Dmytro Lubinets.",
        {("exchange", "lubinets", 95, None)},
    ),
    (
        "en",
        "According to Dmytro Lubinets, 95 Ukrainian prisoners were freed in a swap.",
        {("exchange", "lubinets", 95, None)},
    ),
    (
        "uk",
        "Додому повернулися 95 українських полонених, повідомив Дмитро Лубінець.",
        {("exchange", "lubinets", 95, None)},
    ),
    (
        "uk",
        "За словами Дмитра Лубінця, з полону повернулися 95 українців.",
        {("exchange", "lubinets", 95, None)},
    ),
    (
        "ru",
        "Из плена вернулись 95 российских военных, сообщило Минобороны РФ.",
        {("exchange", "ru-mod", None, 95)},
    ),
    # backfill, joint speakers, headline
    (
        "uk",
        "В Україну повернулися 95 полонених. Про це повідомив Володимир Зеленський.",
        {("exchange", "zelensky", 95, None)},
    ),
    (
        "en",
        "Ukraine returns 95 prisoners of war – Coordination Headquarters",
        {("exchange", "coordination-hq", 95, None)},
    ),
    (
        "en",
        "Dmytro Lubinets and Andriy Yermak said 95 Ukrainian prisoners came home.",
        {("exchange", "lubinets", 95, None), ("exchange", "yermak", 95, None)},
    ),
    # counts
    ("en", "Russia and Ukraine exchanged 95 prisoners each on Tuesday.", {("exchange", None, 95, 95)}),
    ("en", "Russia and Ukraine exchanged 190 prisoners of war on Tuesday.", {("exchange", None, None, None)}),
    (
        "en",
        "More than 200 Ukrainian soldiers returned from captivity, Zelensky said.",
        {("exchange", "zelensky", 200, None)},
    ),
    (
        "en",
        "Up to 230 Ukrainian prisoners were freed, a Russian official said.",
        {("exchange", "unk:russian official", "<230", None)},
    ),
    (
        "ru",
        "Взамен украинской стороне передали 75 пленных ВСУ, сообщило Минобороны РФ.",
        {("exchange", "ru-mod", 75, None)},
    ),
    (
        "uk",
        "Сторони обмінялися полоненими за формулою «95 на 95», повідомили в Міноборони РФ.",
        {("exchange", "ru-mod", 95, 95)},
    ),
    (
        "uk",
        "185 військових і 20 цивільних повернулися з полону в Україну, повідомив Володимир Зеленський.",
        {("exchange", "zelensky", 205, None)},
    ),
    (
        "en",
        "Russian bloggers argued about the Ukrainians freed in the exchange, "
        "some claiming it was 173 and others that it was up to 230.",
        {("exchange", "unk:russian bloggers", 173, None), ("exchange", "unk:russian bloggers", "<230", None)},
    ),
    # kinds
    (
        "en",
        "However, General Dmytro Usov, Secretary of the Coordination Headquarters and a deputy head of intelligence, "
        "denied that Ukraine had refused a prisoner exchange.",
        {("denial", "usov", None, None)},
    ),
    (
        "en",
        "Moscow turned down a proposal to swap prisoners, Dmytro Lubinets said.",
        {("refusal", "lubinets", None, None), ("offer", "lubinets", None, None)},
    ),
    (
        "en",
        "Russia is ready to hand over 100 Ukrainian prisoners, Maria Zakharova said.",
        {("offer", "zakharova", 100, None)},
    ),
    (
        "en",
        "Exchanges of prisoners with Russia are on hold, Petro Yatsenko said.",
        {("suspension", "yatsenko", None, None)},
    ),
    (
        "en",
        "Dmytro Usov denied that Ukraine had refused a prisoner exchange.",
        {("denial", "usov", None, None)},
    ),
    (
        "ru",
        "Мария Захарова заявила, что Киев отказывается забирать пленных.",
        {("refusal", "zakharova", None, None)},
    ),
    ("uk", "Дмитро Усов назвав список полонених маніпуляцією Москви.", {("accusation", "usov", None, None)}),
    (
        "en",
        "No exchange of prisoners took place, Dmytro Lubinets said.",
        {("denial", "lubinets", None, None)},
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[text[:40] for _, text, _ in CASES])
def test_a_text_makes_these_claims(language, text, expected):
    assert rows(text, language) == expected


NEGATIVES = [
    (
        "en",
        "Ukrainian and Russian units exchanged artillery fire near Sudzha, and four soldiers surrendered.",
    ),
    ("en", "Shares on the Moscow stock exchange fell, and 200 investors in Kyiv received their money back."),
    ("en", "Hamas freed three hostages, and Israel released 183 Palestinian prisoners in exchange."),
    ("en", "Twelve students from Kharkiv returned from an exchange programme in Durham."),
    ("uk", "Курс в обмінниках Києва зріс до 42 гривень, повідомили в Нацбанку України."),
    ("ru", "Азербайджан передал Армении 32 военнопленных, обмен состоялся на границе."),
]


@pytest.mark.parametrize(("language", "text"), NEGATIVES, ids=[text[:40] for _, text in NEGATIVES])
def test_other_exchanges_make_no_claim(language, text):
    assert claims(text, language) == ()


POLISH = [
    ("Rosja i Ukraina wymieniły po 95 jeńców.", (Kind.EXCHANGE, None, 95)),
    (
        "Do domu wróciło z niewoli 230 Ukraińców, powiedział prezydent Wołodymyr Zełenski.",
        (Kind.EXCHANGE, "zelensky", 230),
    ),
    (
        "Rosja zaproponowała Ukrainie wymianę 630 jeńców, oświadczyła Maria Zacharowa.",
        (Kind.OFFER, "zakharova", 630),
    ),
    ("Dmytro Usow zaprzeczył, że Ukraina odmówiła wymiany jeńców.", (Kind.DENIAL, "usov", None)),
    (
        "Sztab Koordynacyjny oskarżył Moskwę o manipulację wymianą jeńców.",
        (Kind.ACCUSATION, "coordination-hq", None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), POLISH, ids=[text[:40] for text, _ in POLISH])
def test_a_language_of_data_alone_makes_claims(text, expected):
    found = {(c.kind, c.speaker_id, c.returned.UA.min if c.returned.UA else None) for c in claims(text, "pl")}
    assert expected in found


def test_the_day_of_an_exchange_spreads_to_every_claim_about_it():
    text = "Russia and Ukraine swapped 95 prisoners each on Tuesday.\n\nZelensky said 95 Ukrainians had come home."
    assert {c.date.iso() for c in claims(text) if c.date} == {"2024-07-16"}
    assert len(claims(text)) == 2


def test_weekdays_are_those_of_the_publications_own_zone():
    text = "Russia and Ukraine swapped 95 prisoners each today."
    late = datetime(2024, 7, 16, 22, 30, tzinfo=UTC)
    kyiv = extract(
        text, language=Language.EN, published_at=late, utc_offset_minutes=180, article_id=ArticleId("a")
    )
    assert kyiv[0].date is not None
    assert kyiv[0].date.iso() == "2024-07-17"


def test_an_earlier_exchange_is_background():
    text = (
        "Russia and Ukraine swapped 95 prisoners each on Tuesday.\n\n"
        "In the previous exchange, on 25 June, 90 Ukrainians came home."
    )
    flags = {c.returned.UA.min: c.background for c in claims(text) if c.returned.UA}
    assert flags == {95: False, 90: True}


def test_mediators_ordinals_and_relays_are_read():
    text = (
        "In the 54th prisoner exchange 95 Ukrainians came home, Dmytro Lubinets told the news agency Halyard. "
        "He thanked the United Arab Emirates for the swap."
    )
    (claim,) = claims(text)
    assert (claim.ordinal, claim.mediators, claim.via) == (54, ("United Arab Emirates",), ("Halyard",))


def test_in_return_completes_the_other_side_and_makes_the_ratio():
    text = "Из плена вернулись 75 российских военных, сообщило Минобороны РФ. Взамен передали 75 пленных ВСУ."
    (claim,) = claims(text, "ru")
    assert claim.ratio == "75:75"
    assert (claim.returned.UA, claim.returned.RU) == (claim.returned.RU, claim.returned.UA)


def test_a_pronoun_is_the_last_speaker_who_agrees_with_it():
    text = "Maria Zakharova said Russia had offered an exchange of prisoners. She added that Kyiv had refused the swap."
    assert {c.speaker_id for c in claims(text)} == {"zakharova"}


def test_an_unknown_speaker_is_found_by_name_or_description():
    text = (
        "Russia is delaying the exchange of prisoners, said Olena Prykhodko, a Ukrainian analyst. "
        "A Russian senator said Kyiv refused the swap."
    )
    speakers = {(c.speaker, c.speaker_side) for c in claims(text)}
    assert ("Russian senator", Side.RU) in speakers
    assert all(c.speaker_id is None or c.speaker_id.startswith("unk:") for c in claims(text))


def test_an_unchanged_claim_keeps_its_id_in_an_edited_article():
    before = "Zelensky said 95 Ukrainian prisoners came home."
    after = before + "\n\nDmytro Lubinets said it was the 54th prisoner exchange."
    assert claims(before)[0].id in {c.id for c in claims(after)}
