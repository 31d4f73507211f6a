"""Evidence is words: no dictionary of the journal and no digest of a text shows in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from drills.acts import TEXT_FIELDS
from scenarios.kinds import JOURNAL_KINDS
from scoring.report.html import report_html
from scoring.scorecard import scorecard
from scoring.sentences import Voice, evidence_rows
from tests.drills.conftest import flagship_scenario, night_of
from tests.scoring.notation import SETTING, record

RAW = re.compile(r"\{['\"]|&#39;text&#39;|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b")


@pytest.mark.parametrize("team", ["managed", "unmanaged"])
def test_every_item_of_a_night_is_told_in_words(team: str) -> None:
    """Whatever a line may point at: texts that stand beside the journal are read, not their digests."""
    card = scorecard(night_of(team, 7)[1], flagship_scenario())
    rows = evidence_rows(card.record, range(len(card.record.items)), card.setting)
    assert [row.sentence for row in rows if RAW.search(f"{row.who} {row.sentence}")] == []
    logged = [row.sentence for row in rows if " logged INC-" in row.sentence]
    assert all(re.search(r"INC-\d+: \w", sentence) for sentence in logged)


@pytest.mark.parametrize("team", ["managed", "unmanaged"])
def test_findings_and_report_hold_no_digest(team: str) -> None:
    """The whole page but for the drill's own id and the record's hashes, which are meant to be there."""
    card = scorecard(night_of(team, 7)[1], flagship_scenario())
    said = [f"{each.judgement.finding} {each.judgement.coaching}" for each in card.lines]
    said += [moment.text for moment in card.story.moments]
    said += [span.label for lane in card.story.lanes for span in lane.spans]
    assert [text for text in said if RAW.search(text)] == []
    hashes = (card.record.sha256(), card.record.journal_sha256, card.record.header.scenario_sha256)
    body = re.sub(r"<style>.*?</style>", "", report_html(card), flags=re.DOTALL)
    for known in (*hashes, card.record.header.drill):
        body = body.replace(known, "").replace(known[:12], "")
    assert RAW.findall(body) == []


@pytest.mark.parametrize("kind", [kind for kind in JOURNAL_KINDS if kind != "call.started"])
def test_no_kind_tells_a_text_by_its_digest(kind: str) -> None:
    """Every free text put aside, as people's entries have it."""
    night = record(f"20 desk_1 {kind} it step=1 priority=high", people=["desk_1"])
    digests = {field: f"{number}a27ee89" * 8 for number, field in enumerate(TEXT_FIELDS)}
    item = replace(
        night.items[0],
        data={**night.items[0].data, **{field: {"text": digest} for field, digest in digests.items()}},
    )
    told = replace(night, items=(item,), texts={digest: f"The {field}." for field, digest in digests.items()})
    assert not RAW.search(Voice(told, SETTING).sentence(item))
