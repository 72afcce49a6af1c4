"""What the settings page's templates can't say by themselves.

Must not know a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from scim_provisioning.console.timeline import short

register = template.Library()


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Look a key up; None if it is not there."""
    return mapping.get(key)


@register.filter
def handler(name: str) -> str:
    """Make words of a handler's dotted name."""
    return short(name)
