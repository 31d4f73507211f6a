"""Scoring: what a record shows, practice by practice, with its evidence; not how a drill is run."""

from scoring.bands import Band
from scoring.beats import Beat
from scoring.levels import Judgement
from scoring.outcomes import CAUTIONS, Outcomes
from scoring.panel import FAILINGS, TRAITS
from scoring.report import report_html
from scoring.scorecard import RULES_VERSION, Scorecard, ScoredLine, score, scorecard
from scoring.sentences import EvidenceRow, evidence_rows
from scoring.setting import Setting
from scoring.story import Story

__all__ = [
    "CAUTIONS",
    "FAILINGS",
    "RULES_VERSION",
    "TRAITS",
    "Band",
    "Beat",
    "EvidenceRow",
    "Judgement",
    "Outcomes",
    "Scorecard",
    "ScoredLine",
    "Setting",
    "Story",
    "evidence_rows",
    "report_html",
    "score",
    "scorecard",
]
