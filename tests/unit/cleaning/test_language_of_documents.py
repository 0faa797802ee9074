import json
from pathlib import Path

import pytest

from processors.model import Language
from processors.stages.cleaning.language import detect

SEEDS = Path(__file__).parents[3] / "seeds" / "newsroom" / "articles.jsonl"


def test_every_article_of_the_newsroom_gets_its_language_whole_and_by_each_long_paragraph():
    wrong = []
    for line in SEEDS.read_text("utf-8").splitlines():
        row = json.loads(line)
        pieces = [row["text"], *(piece for piece in row["text"].split("\n\n") if len(piece) > 120)]
        wrong += [row["id"] for piece in pieces if detect(piece).value != row["lang"]]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Die Ukraine und Russland haben am Mittwoch Gefangene ausgetauscht, wie beide Seiten mitteilten, nach Verhandlungen.",
            Language.OTHER,
        ),
        (
            "L'Ukraine et la Russie ont échangé mercredi des prisonniers de guerre, ont annoncé les deux pays après des mois.",
            Language.OTHER,
        ),
        (
            "Украіна і Расія абмяняліся палоннымі, паведамілі ў сераду абодва бакі пасля доўгіх перамоваў у нейтральнай краіне.",
            Language.OTHER,
        ),
        (
            "Украјина и Русија размениле су заробљенике, саопштиле су обе стране после дугих преговора у неутралној земљи.",
            Language.OTHER,
        ),
        (
            "Украйна и Русия размениха военнопленници, съобщиха двете страни в сряда след дълги преговори в неутрална държава.",
            Language.OTHER,
        ),
        (
            "Ukraina i Rosja wymieniły w środę jeńców wojennych, podały obie strony po długich rozmowach w państwie trzecim.",
            Language.PL,
        ),
        ("交換された捕虜は三百人に上ると両国の当局が発表した。", Language.OTHER),
        ("12345 67890", Language.OTHER),
        ("", Language.OTHER),
        ("Обмен состоялся.", Language.RU),
        ("Обмін відбувся.", Language.UK),
        ("The exchange took place.", Language.EN),
    ],
)
def test_languages_without_a_lexicon_are_other(text, language):
    assert detect(text) is language


def test_a_ukrainian_article_that_quotes_russian_at_length_is_ukrainian():
    text = (
        "Уповноважений повідомив, що під час обміну додому повернулися захисники, і подякував посередникам за їхню роботу. "
        "Російське відомство написало: «Взамен переданы военнослужащие, обмен состоялся по формуле». "
        "Родини зустріли їх біля лікарні, де на звільнених чекали лікарі й тиша."
    )
    assert detect(text) is Language.UK
