"""The team's own state: what a drill's items add up to."""

from drills.board.board import Board
from drills.board.cards import (
    Call,
    Document,
    Factor,
    FollowUp,
    Handoff,
    Hypothesis,
    OpenBook,
    Page,
    Phone,
    Problem,
    Question,
    Report,
    Retro,
    Task,
    Ticket,
    Timer,
)

__all__ = [
    "Board",
    "Call",
    "Document",
    "Factor",
    "FollowUp",
    "Handoff",
    "Hypothesis",
    "OpenBook",
    "Page",
    "Phone",
    "Problem",
    "Question",
    "Report",
    "Retro",
    "Task",
    "Ticket",
    "Timer",
]
