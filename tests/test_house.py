"""The house itself: nothing of one machine in it, no loose ends, links that lead somewhere, documents."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("simulator", "scenarios", "drills", "scoring", "app")

# Spelled so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.$}/-])/(?:wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+|op[t]/\w+|tm[p]/\w+)/")
REGISTRIES = re.compile(
    r"py[p]i\.org|python[h]osted|npm[j]s\.|unp[k]g\.com|jsdel[i]vr|conda\.anacon[d]a|deb\.de[b]ian"
    r"|--(?:extra-)?index-ur[l] h|--find-link[s] [/h]"
)
LOOSE_ENDS = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")
LINK = re.compile(r"(?<!\\)!?\[[^\]\n]*\]\(([^)\s]+)\)")


@cache
def _tracked() -> tuple[Path, ...]:
    """Files of the project: what git knows, and what it would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(path for name in sorted(filter(None, names)) if (path := ROOT / name).is_file())


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """(place, line) of every text file that is ours, place as `file:line`."""
    found = []
    for path in _tracked():
        name = path.relative_to(ROOT).as_posix()
        content = path.read_bytes()
        if b"\0" not in content and "/vendor/" not in name:  # vendor: other people's work, carried as it is
            text = content.decode(errors="replace")
            found += [(f"{name}:{number}", line) for number, line in enumerate(text.splitlines(), 1)]
    return tuple(found)


def _places(pattern: re.Pattern[str], *, without: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{place}: {line.strip()}"
        for place, line in _lines()
        if pattern.search(line) and not place.startswith(without)
    ]


def test_no_machine_paths() -> None:
    """No file names a folder that exists on one machine only."""
    assert _places(MACHINE_PATHS) == []


def test_no_registry_hosts() -> None:
    """No file names the host of a package registry: where packages come from is the machine's business."""
    assert _places(REGISTRIES) == []


def test_no_loose_ends() -> None:
    """What is not done stands in the tracker, not in the code."""
    assert _places(LOOSE_ENDS, without=("LICENSE",)) == []


def test_locks_carry_versions_and_hashes_alone() -> None:
    """A lock has one first line about itself, then versions with their SHA-256 hashes."""
    entry = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    for path in sorted((ROOT / "requirements").glob("*.lock")):
        first, *rest = path.read_text().splitlines()
        assert first == "# Written by `make lock`. Do not edit by hand."
        assert [line for line in rest if not entry.fullmatch(line)] == [], path.name


def _links() -> Iterator[tuple[Path, str]]:
    for path in _tracked():
        if path.suffix == ".md":
            text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            yield from ((path, target) for target in LINK.findall(text))


def _anchors(path: Path) -> set[str]:
    """Names of a Markdown page's headings, as the usual hosts make them."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = re.findall(r"^#+ +(.+?) *$", text, flags=re.MULTILINE)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", head) for head in heads)
    return {re.sub(r"[^\w\- ]", "", head).lower().replace(" ", "-") for head in plain}


def _fault(page: Path, target: str) -> str | None:
    """What is wrong with a link of a page, or None."""
    name, _, anchor = target.partition("#")
    place = (page.parent / name).resolve() if name else page
    if not place.is_relative_to(ROOT):
        return f"{page.relative_to(ROOT)}: {target} leads out of the project"
    if not place.exists():
        return f"{page.relative_to(ROOT)}: {target} is not there"
    if anchor and place.suffix == ".md" and anchor not in _anchors(place):
        return f"{page.relative_to(ROOT)}: {target}: no such heading"
    return None


def test_links_resolve() -> None:
    """Every relative link of a Markdown page leads to a file and, where it names one, to a heading."""
    outside = ("http://", "https://", "mailto:")
    faults = [_fault(page, target) for page, target in _links() if not target.startswith(outside)]
    assert [fault for fault in faults if fault] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_public_code_has_documents(package: str) -> None:
    """Every public module says in its first line what it is; a package's `__init__` too."""
    missing = []
    for path in _tracked():
        name = path.relative_to(ROOT)
        if path.suffix != ".py" or name.parts[0] != package:
            continue
        if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip():
            missing.append(name.as_posix())
    assert missing == []


def test_tests_say_what_holds() -> None:
    """Every test begins with a sentence about what holds."""
    silent = []
    for path in _tracked():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tests"):
            place = path.relative_to(ROOT)
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            silent += [
                f"{place}:{node.lineno} {node.name}"
                for node in nodes
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and node.name.startswith("test_")
                and not ast.get_docstring(node)
            ]
    assert silent == []
