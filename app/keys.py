"""Links of facilitators and leads: a claim used once, given for a cookie; only hashes of cookies are kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path

from app.settings import EnvironmentFault

SESSIONS_KEPT = 50


def digest(token: str) -> str:
    """Give the hash under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass
class LinkKeys:
    """Claim and cookies of one office, in one file of mode 0600 that `serve` and `link` both read.

    Args:
        path: the file; it holds the open claim and the hashes of the cookies given for earlier ones.
    """

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open_claim(self) -> str:
        """Give the claim that can be exchanged now, making a new one when the last was used."""
        with self._lock:
            claim, sessions = self._read()
            if not claim:
                claim = secrets.token_urlsafe(32)
                self._write(claim, sessions)
            return claim

    @property
    def is_new(self) -> bool:
        """Say whether no link of this kind has ever been made."""
        return not self.path.exists()

    def exchange(self, offered: str) -> str | None:
        """Give a cookie for the open claim and use the claim up; None when it is not the open one."""
        with self._lock:
            claim, sessions = self._read()
            if not claim or not hmac.compare_digest(claim.encode(), offered.encode()):
                return None
            token = secrets.token_urlsafe(32)
            self._write("", [digest(token), *sessions][:SESSIONS_KEPT])
            return token

    def knows(self, token: str) -> bool:
        """Say whether a cookie was given for a claim."""
        wanted = digest(token)
        return bool(token) and any(hmac.compare_digest(wanted, kept) for kept in self._read()[1])

    def _read(self) -> tuple[str, list[str]]:
        if not self.path.exists():
            return "", []
        try:
            body = json.loads(self.path.read_text("utf-8"))
            return str(body["claim"]), [str(kept) for kept in body["sessions"]]
        except (OSError, ValueError, KeyError, TypeError):
            raise EnvironmentFault(
                f"{self.path} cannot be read (remove it, then run `stormdrill link`)"
            ) from None

    def _write(self, claim: str, sessions: list[str]) -> None:
        beside = self.path.with_suffix(".new")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                json.dump({"claim": claim, "sessions": sessions}, out)
            beside.replace(self.path)
        except OSError as error:
            raise EnvironmentFault(f"cannot write {self.path}: {error.strerror}") from None
