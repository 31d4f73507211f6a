"""YAML read node by node: values with their places, nothing constructed, every limit checked on the way.

The stock constructors hang on a file of 600 bytes (nested merges) and turn `22:22` into 1342. Here the
parser's events are walked with an own stack; an alias costs its whole expansion, so no bomb unfolds.
Plain scalars are `null`, `~`, `true`, `false`, decimal whole numbers and fractions; all else is text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from scenarios.problems import Problem, echo

MAX_BYTES = 1024 * 1024
MAX_NODES = 50_000
MAX_DEPTH = 24
MAX_TEXT_CHARS = 20_000
MAX_KEY_CHARS = 200
MAX_DIGITS = 15
MAX_PROBLEMS = 200

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# C0 and C1 but tab and line ends; zero-width and bidirectional marks; separators; surrogates; tags.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n|\r|\n")
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+|(0|[1-9][0-9]*)(?=[eE]))([eE][-+]?[0-9]+)?")
_OCTAL = re.compile(r"[-+]?0([0-9_]+(\.[0-9_]*)?|[oO][0-7_]+|[xX][0-9a-fA-F_]+|[bB][01_]+)")
_GROUPED = re.compile(r"[-+]?[0-9][0-9]*(_[0-9]+)+(\.[0-9_]*)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)


@dataclass(eq=False)
class Node:
    """A value of a file and where it stands.

    Args:
        value: None, bool, int, float, str, tuple (of a list) or dict.
        size: values in it, aliases unfolded; `height` its levels.
        kids: the nodes in it, by key or index; `keys` where each key stands.
        bad: already complained about, so that nothing more need be said.
    """

    value: Any
    line: int
    column: int
    size: int = 1
    height: int = 1
    kids: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    bad: bool = False

    def place(self, path: tuple[str | int, ...]) -> tuple[Node, int, int]:
        """Give the deepest node on a path and where to point at: its key when it has one.

        Parts of the path that are no keys (tags of a union) are passed over.
        """
        node, line, column = self, self.line, self.column
        for part in path:
            if part in node.kids:
                line, column = node.keys.get(str(part), (node.kids[part].line, node.kids[part].column))
                node = node.kids[part]
        if node.kids or isinstance(node.value, dict | tuple):
            return node, line, column
        return node, node.line, node.column

    def get(self, key: str | int) -> Node | None:
        """Give the node under a key or index, or None."""
        return self.kids.get(key)

    def each(self) -> Iterator[Node]:
        """Give the nodes of a list; none when this is no list."""
        if isinstance(self.value, tuple):
            yield from self.kids.values()

    def text(self, key: str) -> str | None:
        """Give the text under a key, or None when there is none or it is no text."""
        node = self.kids.get(key)
        return node.value if node is not None and isinstance(node.value, str) else None


class _Stop(Exception):  # noqa: N818 - reading ends here; the problem says why
    def __init__(self, line: int, column: int, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.place = (line, column)
        self.message = message
        self.cure = cure


@dataclass(eq=False)
class _Open:
    """A list or mapping that is still being read."""

    node: Node
    is_map: bool
    anchor: str | None
    key: str | None = None
    key_place: tuple[int, int] = (0, 0)
    drop: bool = False


def read(data: bytes | str, file: str, loader: type[Any] = LOADER) -> tuple[Node | None, list[Problem]]:
    """Read one document of YAML.

    Args:
        loader: whose parser gives the events; libyaml's where it is there.

    Returns:
        the root, or None when it could not be read to its end, and everything that is wrong with the text.
    """
    reader = _Reader(file, loader)
    try:
        text = _decode(data)
        _refuse_characters(text)
        root = reader.walk(text)
    except _Stop as stop:
        reader.problem(*stop.place, stop.message, stop.cure)
        return None, reader.problems
    return root, reader.problems


def _decode(data: bytes | str) -> str:
    if isinstance(data, str):
        size = len(data.encode("utf-8", "surrogatepass"))
        text = data
    else:
        size = len(data)
    if size > MAX_BYTES:
        raise _Stop(1, 1, f"the file has {size} bytes", f"at most {MAX_BYTES}; split it or shorten its texts")
    if isinstance(data, bytes):
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"\x00\x00\xfe\xff":
            raise _Stop(1, 1, "the file is not UTF-8 but UTF-16 or UTF-32", "save it as UTF-8")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line, column = _position(data[: error.start].decode("utf-8"), error.start)
            byte = data[error.start]
            raise _Stop(line, column, f"byte 0x{byte:02x} is not UTF-8", "save the file as UTF-8") from None
    return text.removeprefix("\ufeff")


def _position(text: str, end: int) -> tuple[int, int]:
    line, start = 1, 0
    for match in _LINE_END.finditer(text, 0, min(end, len(text))):
        line, start = line + 1, match.end()
    return line, min(end, len(text)) - start + 1


def _refuse_characters(text: str) -> None:
    found = _FORBIDDEN.search(text)
    if found is not None:
        line, column = _position(text, found.start())
        raise _Stop(line, column, f"character U+{ord(found[0]):04X} cannot be seen", "take it out")


class _Reader:
    """Walks the parser's events and builds the tree of nodes."""

    def __init__(self, file: str, loader: type[Any]) -> None:
        self.file = file
        self.loader = loader
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.opening: dict[str, int] = {}
        self.total = 0
        self.root: Node | None = None

    def problem(self, line: int, column: int, message: str, cure: str = "") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.file, line, column, message, cure))

    def walk(self, text: str) -> Node | None:
        documents = 0
        try:
            for event in yaml.parse(text, Loader=self.loader):
                line, column = _where(event)
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise _Stop(
                            line, column, "a second document begins here", "one file holds one document"
                        )
                    if event.version or event.tags:
                        raise _Stop(line, column, "a % directive", "take it out; none is needed")
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._close()
                elif isinstance(event, yaml.NodeEvent):
                    self._node(event, line, column)
        except yaml.MarkedYAMLError as error:
            raise _syntax(error, text) from None
        except (yaml.YAMLError, UnicodeError, ValueError) as error:
            raise _Stop(1, 1, f"this is no YAML: {echo(error)}", "check the file's encoding") from None
        if self.root is None:
            raise _Stop(1, 1, "the file is empty", "copy a scenario that works and change it")
        return self.root

    # --- nodes
    def _node(self, event: yaml.NodeEvent, line: int, column: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and top.is_map and top.key is None:
            self._key(top, event, line, column)
            return
        if isinstance(event, yaml.AliasEvent):
            self._put(self._alias(event.anchor, line, column), line, column)
            return
        self._tag(event, line, column)
        anchor = self._anchor(event.anchor, line, column)
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, line, column)
            if anchor is not None:
                self.anchors[anchor] = node
            self._put(node, line, column)
            return
        self.total += 1
        if len(self.stack) >= MAX_DEPTH:
            raise _Stop(line, column, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        is_map = isinstance(event, yaml.MappingStartEvent)
        if anchor is not None:
            self.opening[anchor] = line
        self.stack.append(_Open(Node({} if is_map else (), line, column), is_map, anchor))

    def _key(self, top: _Open, event: yaml.NodeEvent, line: int, column: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _Stop(line, column, "an alias as key", "write the key out")
        if not isinstance(event, yaml.ScalarEvent):
            raise _Stop(
                line, column, "a key must be a word, not a list or a mapping", "was a quote or a colon lost?"
            )
        self._tag(event, line, column)
        if event.anchor:
            raise _Stop(line, column, "an anchor on a key", "put it on the value")
        key = str(event.value)
        top.key, top.key_place, top.drop = key, (line, column), False
        if key == "<<" and not event.style:
            raise _Stop(
                line, column, "merging with << is not allowed", "write the keys out where they are used"
            )
        if not key:
            self.problem(line, column, "a key is missing before the colon", "name it")
            top.drop = True
        elif len(key) > MAX_KEY_CHARS or _FORBIDDEN.search(key):
            self.problem(line, column, f'"{echo(key)}" is no usable key', "keys are short plain words")
            top.drop = True
        elif key in top.node.kids:
            first = ":".join(map(str, top.node.keys[key]))
            self.problem(
                line, column, f'key "{echo(key)}" stands here twice', f"the first is at {first}; remove one"
            )
            top.drop = True

    def _alias(self, anchor: str | None, line: int, column: int) -> Node:
        if anchor in self.opening:
            raise _Stop(line, column, f"*{echo(anchor)} stands inside itself", "write the inner value out")
        if anchor is None or anchor not in self.anchors:
            raise _Stop(
                line, column, f"*{echo(anchor)} names an anchor that is not there", "write the value out"
            )
        return self.anchors[anchor]

    def _tag(self, event: Any, line: int, column: int) -> None:
        if event.tag is not None:
            raise _Stop(
                line, column, f"tag {echo(event.tag)} is not allowed", "take it out; values say what they are"
            )

    def _anchor(self, anchor: str | None, line: int, column: int) -> str | None:
        if anchor is not None and (anchor in self.anchors or anchor in self.opening):
            raise _Stop(line, column, f"anchor &{echo(anchor)} is used twice", "give each its own name")
        return anchor

    def _put(self, node: Node, line: int, column: int) -> None:
        """Hang a finished node into the list or mapping being read."""
        self.total += node.size
        if self.total > MAX_NODES:
            raise _Stop(
                line, column, f"more than {MAX_NODES} values after unfolding aliases", "make the file smaller"
            )
        if len(self.stack) + node.height > MAX_DEPTH + 1:
            raise _Stop(line, column, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        self._hang(node)

    def _hang(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        parent = top.node
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        if not top.is_map:
            parent.kids[len(parent.kids)] = node
            return
        if top.key is not None and not top.drop:
            parent.kids[top.key] = node
            parent.keys[top.key] = top.key_place
        top.key = None

    def _close(self) -> None:
        done = self.stack.pop()
        node = done.node
        values = {key: kid.value for key, kid in node.kids.items()}
        node.value = values if done.is_map else tuple(values.values())
        if done.anchor is not None:
            del self.opening[done.anchor]
            self.anchors[done.anchor] = node
        self._hang(node)

    # --- scalars
    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> Node:
        text = str(event.value)
        hidden = _FORBIDDEN.search(text)
        if len(text) > MAX_TEXT_CHARS:
            cure = f"at most {MAX_TEXT_CHARS}; shorten it"
            return self._bad(line, column, f"a text of {len(text)} characters", cure)
        if hidden is not None:
            return self._bad(line, column, f"character U+{ord(hidden[0]):04X} cannot be seen", "take it out")
        if event.style:
            return Node(text, line, column)
        return self._plain(text, line, column)

    def _plain(self, text: str, line: int, column: int) -> Node:
        if text in {"", "~", "null"}:
            return Node(None, line, column)
        if text in {"true", "false"}:
            return Node(text == "true", line, column)
        if text[0] not in "+-.0123456789":
            return Node(text, line, column)
        is_int = _INT.fullmatch(text) is not None
        if is_int and len(text) <= MAX_DIGITS:
            return Node(int(text), line, column)
        shown = echo(text)
        if _NOT_FINITE.fullmatch(text):
            cure = "write a finite number"
            return self._bad(line, column, f"{shown} is no number that can be counted with", cure)
        if _OCTAL.fullmatch(text):
            cure = "write it without leading zeros, or in quotes when it is text"
            return self._bad(line, column, f"{shown} could be octal or hexadecimal", cure)
        if _GROUPED.fullmatch(text):
            return self._bad(
                line, column, f"{shown} holds underscores", "write the digits without them, or in quotes"
            )
        if not is_int and not _FLOAT.fullmatch(text):
            return Node(text, line, column)
        if sum(char.isdigit() for char in text) > MAX_DIGITS:
            return self._bad(
                line, column, f"{shown} has more than {MAX_DIGITS} digits", "round it, or put it in quotes"
            )
        value = int(text) if is_int else float(text)
        if not math.isfinite(value):
            return self._bad(line, column, f"{shown} is too large", "write a finite number")
        return Node(value, line, column)

    def _bad(self, line: int, column: int, message: str, cure: str) -> Node:
        self.problem(line, column, message, cure)
        return Node(None, line, column, bad=True)


def _where(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _syntax(error: yaml.MarkedYAMLError, text: str) -> _Stop:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    what = echo(error.problem or error.context or "this is no YAML")
    lines = _LINE_END.split(text)
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    here = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    if here == "\t":
        return _Stop(line, column, "syntax: a tab", "indent with spaces")
    if here and here in "%@`|>&*!":
        return _Stop(line, column, f"syntax: a text cannot begin with {here}", "put it in quotes")
    hint = "check the indentation, quotes and colons here and on the line before"
    if "mapping values are not allowed" in what:
        hint = "put a text that holds a colon in quotes, and check the indentation"
    elif "end of stream" in what:
        hint = "a quote or a bracket is never closed"
    elif "expected ',' or" in what:
        hint = "a bracket is not closed, or a comma is missing"
    return _Stop(line, column, f"syntax: {what}", hint)
