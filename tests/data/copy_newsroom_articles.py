"""Copy the texts of the development set, without their claims, to the sample newsroom, dealing them out to its outlets.

Run from the repository's root: `python tests/data/copy_newsroom_articles.py`. Only the fields below are read, so that the part
of the set which is held out for evaluation stays unseen by whoever runs this.
"""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

GOLD = Path("tests/data/gold/dev.jsonl")
TARGET = Path("seeds/newsroom/articles.jsonl")
OUTLETS = {
    "en": ("halyard", "osprey", "corvid", "calder"),
    "uk": ("nadrichchia", "obrii"),
    "ru": ("meridian", "prichal"),
}
#: Longer texts are daily digests, which suit a think tank.
DIGEST_WORDS = 700


def rows() -> Iterator[dict[str, str]]:
    """The documents in the order of the file, each with the outlet that it goes to."""
    turns = {language: cycle(outlets) for language, outlets in OUTLETS.items()}
    for line in GOLD.read_text("utf-8").splitlines():
        document = json.loads(line)
        long = len(document["text"].split()) >= DIGEST_WORDS and document["lang"] == "en"
        outlet = "corvid" if long else next(turns[document["lang"]])
        kept = {name: document[name] for name in ("id", "lang", "title", "published", "text")}
        yield {"outlet": outlet, **kept}


TARGET.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows()), "utf-8")
