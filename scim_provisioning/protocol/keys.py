"""How texts are compared: the keys of names, and the spelling of ids.

Must not know which attributes use it.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from uuid import UUID

INDEX_LENGTH = 255


def comparison_key(text: str) -> str:
    """Fold a text so that equal keys mean the same name in any case and form.

    NFKC, casefold, NFKC, outer blanks stripped; idempotent. Stored beside each name that a
    directory looks up, because a database's own `UPPER` merges letters that are distinct.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def index_key(text: str) -> str:
    """Give the comparison key in at most 255 characters; a longer one ends in its SHA-256.

    A single character can fold into eighteen, and an index entry has a largest size.
    """
    key = comparison_key(text)
    if len(key) <= INDEX_LENGTH:
        return key
    digest = sha256(key.encode()).hexdigest()
    return key[: INDEX_LENGTH - len(digest)] + digest


def as_uuid(text: str) -> UUID | None:
    """Read a SCIM id; None for a text that can't be one of ours.

    Only the canonical spelling counts: an id compares with case (RFC 7643 §3.1).
    """
    try:
        parsed = UUID(text)
    except ValueError:
        return None
    return parsed if str(parsed) == text else None
