"""What people and bots can do: one frozen class an act, in a file a subject.

An act is asked for by its command (`send_update`) and stands in the journal as its kind (`update.sent`).
The class says which data it carries; free text goes into the fields named in `TEXT_FIELDS`, which stand
beside the journal. Adding an act is adding a class here; rights (who may) are data of the roles in
`scenarios/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from drills.acts.base import ACTS, Act, Claim, Property, Severity
from drills.acts.clock import (
    AnswerFreeze,
    AskHint,
    CallHalt,
    JoinDrill,
    LeaveDrill,
    Pause,
    Resume,
    SetSpeed,
    Skip,
    SkipCard,
    StartDrill,
    Stop,
)
from drills.acts.control import (
    AddInject,
    HoldInject,
    MoveInject,
    NoteObservation,
    NudgeSeat,
    ReleaseInject,
    TriggerInject,
    WithdrawInject,
)
from drills.acts.desk import (
    AcceptTicket,
    AnswerPhone,
    AskReporter,
    CategoriseTicket,
    CloseTicket,
    ConfirmRestored,
    ConfirmService,
    CorrectTicket,
    EscalateTicket,
    FileReport,
    LinkTicket,
    LogTicket,
    PrioritiseTicket,
    RaiseProblem,
    ResolveTicket,
    ReturnTicket,
)
from drills.acts.document import (
    ConfirmHypothesis,
    EditDocument,
    LinkDocument,
    NoteGap,
    OpenArticle,
    OpenDocument,
    OpenRunbook,
    RecordHypothesis,
    ReviseRunbook,
    RuleOutHypothesis,
    TakeLook,
    TickStep,
    ViewDocument,
)
from drills.acts.people import (
    AcknowledgePage,
    AcknowledgeTask,
    AnnounceRole,
    AssignTask,
    AssumeRole,
    ConfirmRole,
    DeclareSeverity,
    HandOffRole,
    OpenIncident,
    PageSomeone,
    ReadBack,
    ReportTask,
    SeekStaff,
    WriteHandoff,
)
from drills.acts.review import (
    AddContext,
    AddFactor,
    CreateFollowUp,
    FlagBlame,
    HoldRetro,
    LinkStep,
    RewriteFactor,
)
from drills.acts.words import (
    AnswerQuestion,
    EndCall,
    JoinCall,
    NoteCall,
    ProposeChange,
    RecordDecision,
    SendMessage,
    SendUpdate,
    SetTimer,
    StartCall,
)
from drills.acts.world import CancelOperation, StartOperation
from drills.errors import Refused

KINDS: dict[str, type[Act]] = {act.kind: act for act in ACTS.values()}
CLOCK_COMMANDS = ("pause", "resume", "set_speed", "skip", "stop")
TEXT_FIELDS = ("text", "evidence", "title", "description")


def parse(command: str, data: Mapping[str, Any]) -> Act:
    """Make an act of a command and its data.

    Raises:
        Refused: the command is unknown, or its data are wrong; the message names each field.
    """
    cls = ACTS.get(command)
    if cls is None:
        raise Refused(f"unknown command {command[:60]!r}", "see docs/reference/acts.md", status=404)
    try:
        return cls.model_validate(dict(data))
    except ValidationError as error:
        parts = [f"{'.'.join(str(p) for p in e['loc']) or 'data'}: {e['msg']}" for e in error.errors()[:5]]
        raise Refused(
            f"{command} is not understood: {'; '.join(parts)}", "send the fields it names", status=400
        ) from None


__all__ = [
    "ACTS",
    "CLOCK_COMMANDS",
    "KINDS",
    "TEXT_FIELDS",
    "AcceptTicket",
    "AcknowledgePage",
    "AcknowledgeTask",
    "Act",
    "AddContext",
    "AddFactor",
    "AddInject",
    "AnnounceRole",
    "AnswerFreeze",
    "AnswerPhone",
    "AnswerQuestion",
    "AskHint",
    "AskReporter",
    "AssignTask",
    "AssumeRole",
    "CallHalt",
    "CancelOperation",
    "CategoriseTicket",
    "Claim",
    "CloseTicket",
    "ConfirmHypothesis",
    "ConfirmRestored",
    "ConfirmRole",
    "ConfirmService",
    "CorrectTicket",
    "CreateFollowUp",
    "DeclareSeverity",
    "EditDocument",
    "EndCall",
    "EscalateTicket",
    "FileReport",
    "FlagBlame",
    "HandOffRole",
    "HoldInject",
    "HoldRetro",
    "JoinCall",
    "JoinDrill",
    "LeaveDrill",
    "LinkDocument",
    "LinkStep",
    "LinkTicket",
    "LogTicket",
    "MoveInject",
    "NoteCall",
    "NoteGap",
    "NoteObservation",
    "NudgeSeat",
    "OpenArticle",
    "OpenDocument",
    "OpenIncident",
    "OpenRunbook",
    "PageSomeone",
    "Pause",
    "PrioritiseTicket",
    "Property",
    "ProposeChange",
    "RaiseProblem",
    "ReadBack",
    "RecordDecision",
    "RecordHypothesis",
    "ReleaseInject",
    "ReportTask",
    "ResolveTicket",
    "Resume",
    "ReturnTicket",
    "ReviseRunbook",
    "RewriteFactor",
    "RuleOutHypothesis",
    "SeekStaff",
    "SendMessage",
    "SendUpdate",
    "SetSpeed",
    "SetTimer",
    "Severity",
    "Skip",
    "SkipCard",
    "StartCall",
    "StartDrill",
    "StartOperation",
    "Stop",
    "TakeLook",
    "TickStep",
    "TriggerInject",
    "ViewDocument",
    "WithdrawInject",
    "WriteHandoff",
    "parse",
]
