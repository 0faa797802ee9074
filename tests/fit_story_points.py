"""Fits `story_points` and tells how good they are: `python -m tests.fit_story_points GOLD... [--improve] [--write]`.

Claims of the gold files' documents are found as the extractor finds them. Each that the gold file knows has to choose the claim
before it that is about its event, or to begin one (`ranking`). Each document is judged by points that were learned without it
(cross-validation), for each `--strength` of what large points cost and each number of `--signs` kept; the best of them is then
learned from all documents. The cases of `test_stories` are learned too, so that what is known to be right stays right.
With `--improve` the points that are there are moved one at a time instead (`ascent`).
The same files, extractor and signs give the same points. It takes a minute for each two settings.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from zlib import crc32

from obmin.evaluation import Document, claim_form, predict, read_documents
from obmin.scoring import align, b_cubed, score
from processors.model import ArticleClaims, ArticleVersion, Claim
from processors.stages.claims import claims as extract
from processors.stages.extraction import assembly
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.events import story_points
from processors.stages.extraction.events.signs import told
from processors.stages.extraction.events.stories import WINDOW, Teller, tell_stories
from processors.stages.extraction.events.story_points import POINTS
from tests.ascent import Ascent
from tests.ranking import Points, Story, Way, learn
from tests.unit.extraction.test_stories import STORIES, apart

TABLE = Path(story_points.__file__)
HEAD = TABLE.read_text(encoding="utf-8").partition("POINTS = {\n")[0]
FOLDS = 5
#: How often a case of `test_stories` is learned.
TIMES = 20

Found = Sequence[tuple[Claim, Sequence[Draft]]]


def story(found: Found, events: Sequence[str | None]) -> Story:
    """The ways of the claims found, which are of these events, None where that is not known."""
    teller = Teller([told(claim, drafts) for claim, drafts in found])
    rows = []
    for at, (one, event) in enumerate(zip(teller.claims, events, strict=True)):
        window = range(max(0, at - WINDOW), at)
        begins = None if event is None else event not in [events[before] for before in window]
        row = [Way(-1, tuple(teller.new(one)), begins)]
        for before in window:
            right = None if event is None or events[before] is None else events[before] == event
            row.append(Way(before, tuple(teller.pair(before, one)), right))
        rows.append(row)
        teller.keep(one, str(at))
    return Story([one.claim for one in teller.claims], events, rows)


@dataclass(frozen=True, slots=True)
class Text:
    """A document with what was found in it."""

    document: Document
    item: ArticleClaims
    story: Story

    @property
    def fold(self) -> int:
        """The part of the documents that it is judged with."""
        return crc32(self.document.id.encode()) % FOLDS


def read(document: Document) -> Text:
    """What the extractor finds in the document, and the ways of its claims."""
    heard: list[Found] = []

    def listen(found: Found) -> list[Claim]:
        heard.append(found)
        return tell_stories(found)

    vars(assembly)["tell_stories"] = listen
    (item,) = extract(document.article())
    vars(assembly)["tell_stories"] = tell_stories
    pairs = align(document.claims, [claim_form(claim, "") for claim in item.claims])
    events = {item.claims[at].id: str(document.claims[gold]["event"]) for gold, at in pairs}
    found = heard[0] if heard else ()  # a text off the subject is not assembled
    return Text(document, item, story(found, [events.get(claim.id) for claim, _ in found]))


Labels = Mapping[str, Sequence[str]]


def held_out(texts: Sequence[Text], cases: Sequence[Story], strength: float, most: int) -> Labels:
    """The events of each document's claims, by points learned without its part of the documents."""
    labels: dict[str, Sequence[str]] = {}
    for fold in range(FOLDS):
        points = learn([*(text.story for text in texts if text.fold != fold), *cases], strength, most)
        labels.update(
            (text.item.article_id, text.story.labels(points)) for text in texts if text.fold == fold
        )
    return labels


def within(texts: Sequence[Text], labels: Labels) -> float:
    """B-cubed F1 of the events inside documents."""
    pairs = []
    for text in texts:
        key = text.item.article_id
        told_as = zip(text.story.events, labels[key], strict=True)
        pairs += [(f"{key} {event}", f"{key} {label}") for event, label in told_as if event]
    return b_cubed(pairs).f1


def overall(texts: Sequence[Text], labels: Labels) -> float:
    """B-cubed F1 of the events over a whole file, after corroboration: what `obmin evaluate` tells."""
    items = {text.item.article_id: text for text in texts}

    def relabelled(article: ArticleVersion) -> tuple[ArticleClaims]:
        text = items[article.article_id]
        ids = (claim.id for claim in text.story.claims)
        events = dict(zip(ids, labels[article.article_id], strict=True))
        claims = tuple(replace(one, event=events.get(one.id, one.event)) for one in text.item.claims)
        return (replace(text.item, claims=claims),)

    found = predict([text.document for text in texts], relabelled)
    gold = {text.document.id: text.document.claims for text in texts}
    return score(gold, {each["id"]: each["claims"] for each in found}).events.f1


def tell(name: str, files: Mapping[str, Sequence[Text]], labels: Labels) -> float:
    """Print the scores of all files and of each; the first is returned."""
    first = within([text for texts in files.values() for text in texts], labels)
    each = (
        f"{file} {within(texts, labels):.4f} {overall(texts, labels):.4f}" for file, texts in files.items()
    )
    print(f"{name}: inside {first:.4f}; inside, overall: {'; '.join(each)}", flush=True)
    return first


def keeps_the_cases(points: Points) -> bool:
    """Whether the points tell every case of `test_stories` as it is told there."""
    return all(
        _letters(story([(one, ()) for one in apart(claims)], [*events]).labels(points)) == events
        for claims, events in STORIES.values()
    )


def _letters(labels: Sequence[str]) -> str:
    """Each label as the letter of its first appearance: `aab`."""
    seen = list(dict.fromkeys(labels))
    return "".join("abcdefghijklmnop"[seen.index(label)] for label in labels)


def write(points: Points) -> None:
    """Put the points into `story_points`, in the order of their names."""
    rows = "".join(f'    "{sign}": {point},\n' for sign, point in sorted(points.items()))
    TABLE.write_text(f"{HEAD}POINTS = {{\n{rows}}}\n", encoding="utf-8")


def main() -> None:
    """Measure the points as they are and those of each setting; with `--write`, learn the best from all documents."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--strength", nargs="+", type=float, default=[2.0])
    parser.add_argument("--signs", nargs="+", type=int, default=[200, 250])
    parser.add_argument("--improve", action="store_true")
    parser.add_argument("--write", action="store_true")
    told_to = parser.parse_args()
    files = {path.stem: [read(document) for document in read_documents(path)] for path in told_to.gold}
    texts = [text for each in files.values() for text in each]
    cases = [
        story([(one, ()) for one in apart(claims)], [*events]) for claims, events in STORIES.values()
    ] * TIMES
    tell("as they are", files, {text.item.article_id: text.story.labels(POINTS) for text in texts})
    if told_to.improve:
        improved = Ascent([text.story for text in texts], POINTS, holds=keeps_the_cases).climb()
        tell("improved", files, {text.item.article_id: text.story.labels(improved) for text in texts})
        if told_to.write:
            write(improved)
        return
    scores = {}
    for strength, most in product(told_to.strength, told_to.signs):
        labels = held_out(texts, cases, strength, most)
        scores[strength, most] = tell(f"strength {strength}, {most} signs", files, labels)
    if told_to.write:
        write(learn([*(text.story for text in texts), *cases], *max(scores, key=lambda key: scores[key])))


if __name__ == "__main__":
    main()
