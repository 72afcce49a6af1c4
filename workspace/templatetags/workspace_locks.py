"""The reason why a row of a list is locked; must not know how it was locked."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def reason(locks: dict[int, str], key: int) -> str:
    """Return the reason for one id, "" when it is not locked."""
    return locks.get(key, "")
