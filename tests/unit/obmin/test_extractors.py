"""Plug-ins are found by entry point, switched on by name, and run in the pipeline's stage and in its child processes."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from obmin import config
from obmin.doctor import examine
from obmin.extractors import GROUP, claims_stage, stages, with_extractors
from obmin.wiring import Engine
from processors.codec import decode
from processors.errors import ConfigError
from processors.model import ArticleClaims, BySide, Kind
from processors.ports import NewMessage
from processors.runners.child import load
from processors.runners.pool import InlinePool, Pool, ProcessPool
from processors.runners.step import message
from processors.topology import CAPTURES, PIPELINE, Pipeline
from tests.fakes.captures import STORY, capture, html
from tests.fakes.plugins import exactly

SENTENCE = "The two sides held a barter of 12 captives at the border on Tuesday morning."
PAGE = message(CAPTURES, capture(html(SENTENCE, *STORY))).value


def _clock() -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC)


def _point(value: str = "tests.fakes.plugins:Toy") -> EntryPoint:
    return EntryPoint(name="toy", value=value, group=GROUP)


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[None]:
    """A distribution that names the toy, where Python finds it; child processes get the same path."""
    info = tmp_path / "toy_extractor-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-extractor\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\ntoy = tests.fakes.plugins:Toy\n")
    sys.path.insert(0, str(tmp_path))
    yield
    sys.path.remove(str(tmp_path))


def _through(pool: Pool) -> tuple[NewMessage, ...]:
    pool.submit(PAGE)
    (made,) = pool.collect(1, 60.0)
    pool.close()
    return made


def _claims(pipeline: Pipeline) -> ArticleClaims:
    made = _through(InlinePool(pipeline, _clock))
    return next(decode(ArticleClaims, m.value) for m in made if m.topic == "claims")


def test_without_the_setting_the_pipeline_is_the_plain_one() -> None:
    assert load(stages(())) is PIPELINE
    assert not any(claim.rule.startswith("plugin:") for claim in _claims(PIPELINE).claims)


def test_the_good_candidate_stands_the_wrong_number_is_taken_out_the_invented_words_are_refused() -> None:
    record = _claims(with_extractors(["toy"], [_point()]))
    found = {(c.kind, c.returned, c.flags) for c in record.claims if c.rule == "plugin:toy"}
    assert found == {
        (Kind.EXCHANGE, BySide(UA=exactly(12)), ("plugin:toy",)),
        (Kind.OFFER, BySide(), ("plugin:toy", "unverified-count")),
    }
    assert all(c.evidence == SENTENCE for c in record.claims if c.rule == "plugin:toy")
    assert record.flags == ("plugin:toy refused 1: evidence",)


def test_our_own_claims_stay_as_they_are() -> None:
    plain, record = _claims(PIPELINE), _claims(with_extractors(["toy"], [_point()]))
    assert tuple(c for c in record.claims if not c.rule.startswith("plugin:")) == plain.claims


def test_child_processes_load_the_plugin_too_and_give_the_same_bytes(installed: None) -> None:
    reference = stages(("toy",))
    inline = _through(InlinePool(load(reference), _clock))
    child = _through(ProcessPool(reference, _clock, processes=1, deadline_s=60.0))
    assert child == inline
    assert b"plugin:toy" in next(m.value for m in child if m.topic == "claims")


@pytest.mark.parametrize(
    ("names", "points", "told"),
    [
        (["other"], [_point()], "other is not installed; known are toy. It needs an entry point"),
        (["toy"], [], "toy is not installed; no plug-in is"),
        (["toy"], [_point("tests.fakes.plugins:broken")], "cannot be loaded: no model here"),
        (["toy"], [_point("tests.fakes.plugins:absent")], "cannot be loaded"),
        (["toy"], [_point("no_such_module:Toy")], "cannot be loaded: No module named"),
    ],
)
def test_a_plugin_that_is_not_there_or_cannot_be_loaded_is_named(
    names: list[str], points: list[EntryPoint], told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        with_extractors(names, points)


def test_the_setting_switches_plugins_on(tmp_path: Path, installed: None) -> None:
    settings = config.load(
        config=None,
        environ={"OBMIN_EXTRACTORS": "toy,absent"},
        options={"data_dir": str(tmp_path / "data")},
        directory=tmp_path,
    )
    assert settings.extractors == ("toy", "absent")
    engine = Engine(settings)
    try:
        with pytest.raises(ConfigError, match="absent is not installed; known are toy"):
            engine.settle()
    finally:
        engine.close()


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"OBMIN_EXTRACTORS.*is not the name of a plug-in"):
        config.load(config=None, environ={"OBMIN_EXTRACTORS": "toy:evil"}, options={}, directory=tmp_path)


def test_the_stage_of_the_setting_is_what_extract_and_evaluate_run(installed: None) -> None:
    assert claims_stage(()) is PIPELINE.maps[1].run
    assert claims_stage(("toy",)) is not PIPELINE.maps[1].run


@pytest.mark.parametrize(("name", "status"), [("toy", "ok"), ("absent", "fail")])
def test_the_doctor_knows_whether_a_plugin_can_be_loaded(
    tmp_path: Path, installed: None, name: str, status: str
) -> None:
    settings = config.Settings(data_dir=tmp_path / "data", port=0, extractors=(name,))
    assert [(f.status, f.found) for f in examine(settings) if f.what == "extractors"] == [(status, name)]
