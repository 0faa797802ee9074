"""Commands that judge: doctor, extract, evaluate, explain."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from obmin.cli.launch import Json, launch
from obmin.cli.printing import err, out, plain, print_json, table
from obmin.doctor import examine
from obmin.extractors import claims_stage
from processors.codec import to_builtins
from processors.errors import Stop
from processors.model import Language


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (doctor, extract, evaluate, explain):
        app.command()(command)


def doctor(ctx: typer.Context, as_json: Json = False) -> None:
    """Check what obmin needs, and say what to do about what is missing."""
    findings = examine(launch(ctx).settings())
    if as_json:
        print_json(to_builtins(findings))
    else:
        styles = {"ok": "green", "warn": "yellow", "fail": "red"}
        rows = ((plain(f.status, styles[f.status]), f.what, f.found, f.advice) for f in findings)
        table(("", "what", "found", "what to do"), rows, empty="")
    if any(finding.status == "fail" for finding in findings):
        raise typer.Exit(2)


def extract(
    ctx: typer.Context,
    documents: Annotated[
        Path, typer.Argument(help="Documents in the gold file's form.", metavar="DOCS.jsonl")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where to write.", metavar="PREDICTED.jsonl")
    ],
) -> None:
    """Write the claims of documents, with the exchange that each is about."""
    from obmin.evaluation import extract_file  # noqa: PLC0415  loads the language data

    with err.status("Reading …"):
        count = extract_file(documents, output, claims_stage(launch(ctx).settings().extractors))
    out.print(plain(f"{count} documents: {output}"))


def evaluate(
    ctx: typer.Context,
    gold: Annotated[Path, typer.Argument(help="Gold file.", metavar="GOLD.jsonl")],
    floor: Annotated[
        Path | None, typer.Option("--floor", help="Fail when a score is below this file's.", metavar="FILE")
    ] = None,
    raise_floor: Annotated[
        bool, typer.Option("--raise", help="Write scores that are higher into the floor.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Score the extraction against a gold file, by language."""
    from obmin import evaluation  # noqa: PLC0415  loads the language data

    if raise_floor and floor is None:
        raise typer.BadParameter("--raise needs --floor.")
    with err.status("Reading …"):
        stage = claims_stage(launch(ctx).settings().extractors)
        reports = (
            evaluation.guard(gold, floor, raise_floor=raise_floor, extract=stage)
            if floor
            else evaluation.evaluate(gold, stage)
        )
    if as_json:
        print_json(to_builtins(reports))
        return
    columns = ("", *(f"{name}#" for name in evaluation.GUARDED))
    rows = (
        (name, *(f"{getattr(report, score).f1:.3f}" for score in evaluation.GUARDED))
        for name, report in reports.items()
    )
    table(columns, rows, empty="")


def explain(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(help="A file, or the address of an article in the index.", metavar="URL|FILE")
    ],
    language: Annotated[
        Language | None, typer.Option("--language", help="Language of a file; by default it is recognised.")
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option(
            "--published",
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help='Day of publication of a file, from which its "on Friday" counts; by default today.',
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show for each sentence what was seen in it, which rule fired, and why."""
    from obmin.explaining import explain_article, find_article  # noqa: PLC0415  loads the language data

    at = published.replace(tzinfo=UTC) if published else datetime.now(UTC)
    article = find_article(launch(ctx).settings(), what, language, at)
    sentences = explain_article(article)
    if as_json:
        print_json(list(sentences))
        return
    if not sentences:
        raise Stop("There is nothing to explain: the text is empty or in a language without a lexicon.")
    for sentence in sentences:
        out.print(plain(sentence["text"], "bold" if sentence["notes"] else "dim"))
        for note in sentence["notes"]:
            out.print(plain(f"    {note}"))
