"""The catalogue page, made from the documents of the rules; `python -m scoring.reference` writes it."""

from __future__ import annotations

import inspect
from pathlib import Path

from scoring.catalogue import dimensions
from scoring.practices import PRACTICES
from scoring.practices.registry import HEADINGS
from scoring.scorecard import RULES_VERSION

PAGE = Path("docs/reference/practices.md")
INTRODUCTION = f"""\
# Practices

Every line of a scorecard is one practice. Its level is met, partly, missed or not tested; there is no grade
of the whole. This page is made from the rules themselves (version {RULES_VERSION});
`python -m scoring.reference` writes it again.

Times are simulated minutes. C is the time to take command, N to the first notice, U between two updates, X
the time box of a tier, R the time the service level agreement allows; each report prints the limits in force.
A line that is in the catalogue and not built yet is shown as not tested, with the reason "no instrument".
◆ marks a core line: it stands for a trait, a failing or a hard rule of the story that all of this comes from.
"""


def page() -> str:
    """Give the catalogue page as Markdown."""
    parts = [INTRODUCTION]
    for dimension in dimensions():
        parts.append(f"\n## {dimension.id} {dimension.name}\n")
        waiting = []
        for line in dimension.lines:
            title = f"{line.id} {line.name}{' ◆' if line.core else ''}"
            if line.id in PRACTICES:
                parts.append(f"\n### {title}\n\n{_body(PRACTICES[line.id].document)}")
            else:
                waiting.append(f"- {title}")
        if waiting:
            parts.append("\nNot built yet:\n\n" + "\n".join(waiting) + "\n")
    return "".join(parts)


def sections(document: str) -> dict[str, str]:
    """Give the parts of a rule's document by heading; the sentence on top under ""."""
    found: dict[str, str] = {}
    heading = ""
    for raw in inspect.cleandoc(document).splitlines():
        name, colon, rest = raw.partition(":")
        if colon and name in HEADINGS:
            heading = name
            found[heading] = rest.strip()
        elif raw.strip():
            found[heading] = f"{found.get(heading, '')} {raw.strip()}".strip()
    return found


def _body(document: str) -> str:
    found = sections(document)
    rows = [f"- **{name}**: {found[name]}" for name in HEADINGS if name in found]
    return f"{found['']}\n\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
