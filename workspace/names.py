"""Names and addresses as texts: how they are cleaned and compared.

Must not know the database.
"""

from __future__ import annotations

import re
import unicodedata

from workspace.errors import EmailInvalid, NameMissing, TextTooLong

NAME_LENGTH = 255
EMAIL_LENGTH = 254

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def comparison_key(text: str) -> str:
    """Fold a text so that equal keys mean the same name in any case and form."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def clean_name(name: str) -> str:
    """Return the name without outer blanks; raise NameMissing or TextTooLong."""
    name = name.strip()
    if not comparison_key(name):
        raise NameMissing
    return fitting(name, limit=NAME_LENGTH, field="name")


def clean_email(email: str) -> str:
    """Return the address without outer blanks, "" for none; raise EmailInvalid.

    Lenient about domains: an intranet's `@corp.local` is an address too.
    """
    email = email.strip()
    if not email:
        return ""
    if not _EMAIL.fullmatch(email) or not email.isprintable():
        raise EmailInvalid
    return fitting(email, limit=EMAIL_LENGTH, field="email")


def fitting(text: str, *, limit: int, field: str) -> str:
    """Return the text when it and its key fit their columns; raise TextTooLong."""
    # The key may be longer than the text: NFKC unfolds some letters into many.
    if max(len(text), len(comparison_key(text))) > limit:
        raise TextTooLong(field, limit)
    return text


def email_domain(email: str) -> str:
    """Return the key of the address's domain, "" when there is none."""
    return comparison_key(email).rpartition("@")[2]
