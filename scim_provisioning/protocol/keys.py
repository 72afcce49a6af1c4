"""Comparison keys: the one rule by which two texts are the same name.

Must not know which attributes use it.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256

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
