"""Claims of an article: who asserts what about an exchange, with figures, dates and the sentence that says so."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from processors.model import ArticleClaims, ArticleId, ArticleVersion, Claim, Language
from processors.ports import Extractor
from processors.stages.extraction.assembly import assemble
from processors.stages.extraction.candidates import add_candidates
from processors.stages.extraction.days.dateline import filed_on
from processors.stages.extraction.document import drafts, read_sentences
from processors.stages.extraction.speakers.relays import document_source
from processors.stages.extraction.words.lexicon import matcher


def extract(
    text: str,
    *,
    language: Language,
    published_at: datetime,
    utc_offset_minutes: int = 0,
    article_id: ArticleId,
    outlet: str = "",
) -> tuple[Claim, ...]:
    """The claims of `text`, in the order of their evidence.

    Weekdays and "yesterday" are resolved against the publication's local date: `published_at` is aware UTC,
    `utc_offset_minutes` what the page gave. `outlet` is left out of `via`. A language without a lexicon has no claims.
    """
    published_on = filed_on(text, language, (published_at + timedelta(minutes=utc_offset_minutes)).date())
    sentences = read_sentences(text, language, published_on)
    if not sentences:
        return ()
    source = document_source(text, matcher(language))
    return assemble(
        text,
        list(drafts(sentences, source, outlet)),
        sentences,
        article_id=article_id,
        published_on=published_on,
    )


def claims(
    article: ArticleVersion, extractors: Mapping[str, Extractor] | None = None
) -> tuple[ArticleClaims]:
    """The stage: one record of claims for one article version, empty where it makes none.

    What the plug-ins in `extractors`, by name, find beside our own rules is checked and added.
    """
    found = extract(
        article.text,
        language=article.language,
        published_at=article.published_at,
        utc_offset_minutes=article.utc_offset_minutes,
        article_id=article.article_id,
        outlet=article.outlet,
    )
    proposed = {name: plugin.extract(article) for name, plugin in (extractors or {}).items()}
    found, flags = add_candidates(article, found, proposed)
    return (
        ArticleClaims(
            version_id=article.id,
            article_id=article.article_id,
            url=article.url,
            outlet=article.outlet,
            title=article.title,
            language=article.language,
            published_at=article.published_at,
            fetched_at=article.fetched_at,
            fingerprint=article.fingerprint,
            words=len(article.text.split()),
            claims=found,
            flags=flags,
        ),
    )
