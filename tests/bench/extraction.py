"""What the extraction of claims costs: sentences a second, and milliseconds an article as a ratio to trafilatura.

Both sides of a ratio see the same articles, in pages of the web's usual weight, in turns in one process. Each article
counts with its quickest round, in processor time, so that other work on the machine hardly shows.

- `claims`: the articles of `tests/data/gold/news.jsonl` that make claims, as dense as texts on the subject are.
- `aside`: long articles about something else with one paragraph on an exchange.
- `near`: articles of that file without a claim: other wars, other exchanges, remarks on prisoners.
- `plain`: long articles about something else, as nearly all that a poller brings.
- `mix`: a newsroom's day by the shares of `_MIX`.
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence

from trafilatura import bare_extraction

from processors.model import ArticleVersion, Capture
from processors.stages import clean
from processors.stages.claims import claims
from processors.stages.extraction.words.sentences import split
from tests.bench import pages

#: Of a hundred articles those of each corpus.
_MIX = {"claims": 1, "aside": 2, "near": 5, "plain": 92}
#: Milliseconds of an article, by trafilatura and by the extraction.
Costs = tuple[float, float]


def _best(runs: Iterable[Sequence[float]]) -> list[float]:
    return [min(of_one) for of_one in zip(*runs, strict=True)]


def _times(step: Callable[[object], object], items: Sequence[object]) -> list[float]:
    taken = []
    gc.collect()
    gc.freeze()  # the articles that the benchmark holds are in no service's heap
    for item in items:
        began = time.thread_time()
        step(item)
        taken.append(time.thread_time() - began)
    return taken


def sentences_a_second(rounds: int) -> dict[str, int]:
    """By language, over the articles of the gold file that make claims."""
    found = {}
    for language, articles in pages.gold_articles(with_claims=True).items():
        best = _best(_times(claims, articles) for _ in range(rounds))
        count = sum(len(split(article.text, article.language)) for article in articles)
        found[language] = round(count / sum(best))
    return found


def costs(captures: Sequence[Capture], rounds: int) -> Costs:
    """Of cleaning the pages, and of reading the claims of the articles in them."""
    articles: list[ArticleVersion] = [article for capture in captures for article in clean.clean(capture)]
    bodies = [capture.body() for capture in captures]
    cleaning, reading = [], []
    for _ in range(rounds):
        cleaning.append(_times(lambda body: bare_extraction(body, options=clean._FAST), bodies))
        reading.append(_times(claims, articles))
    return 1000 * statistics.mean(_best(cleaning)), 1000 * statistics.mean(_best(reading))


def measure(rounds: int) -> dict[str, object]:
    """Everything, as one record."""
    by_corpus = {name: costs(captures(), rounds) for name, captures in pages.ARTICLES.items()}
    shares = [(share, by_corpus[name]) for name, share in _MIX.items()]
    by_corpus["mix"] = tuple(sum(share * cost[side] for share, cost in shares) / 100 for side in (0, 1))
    return {
        "sentences_per_s": sentences_a_second(rounds),
        "trafilatura_ms": {name: round(cost[0], 2) for name, cost in by_corpus.items()},
        "claims_ms": {name: round(cost[1], 2) for name, cost in by_corpus.items()},
        "ratio": {name: round(cost[1] / cost[0], 3) for name, cost in by_corpus.items()},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the rates, then one line a corpus."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.extraction", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    found = measure(options.rounds)
    if options.json:
        print(json.dumps(found))
        return
    print(
        "sentences a second:", ", ".join(f"{lang} {rate}" for lang, rate in found["sentences_per_s"].items())
    )
    print(f"{'corpus':8}{'trafilatura ms':>16}{'claims ms':>11}{'ratio':>8}")
    for name, ratio in found["ratio"].items():
        print(f"{name:8}{found['trafilatura_ms'][name]:>16}{found['claims_ms'][name]:>11}{ratio:>8}")


if __name__ == "__main__":
    main()
