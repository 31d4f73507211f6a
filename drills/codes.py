"""Invitation codes: made, read as people type them, written as people read them."""

from __future__ import annotations

import secrets

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, U, so that a code can be read aloud and typed from paper."""
CODE_LENGTH = 8
TYPED_FOR = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """Give an invitation code of 40 random bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """Give a code as it is kept, from what somebody typed: blanks and hyphens out, I and L as 1, O as 0."""
    kept = "".join(sign for sign in typed[:64].upper() if sign.isalnum())
    return kept.translate(TYPED_FOR)


def written_code(code: str) -> str:
    """Give a code as people read it: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}"
