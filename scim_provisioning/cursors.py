"""Cursor paging (RFC 9865): a signed note of where a page ended, and the page on its other side.

Nothing is kept on the server, and a cursor grants nothing: each page is asked for with its own
credential. Must not know how a list is filtered or represented.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.core import signing
from django.db.models import F, OrderBy, Q, QuerySet
from django.db.models.expressions import Expression
from django.db.models.lookups import Exact, GreaterThan, IsNull, LessThan

from scim_provisioning import conf
from scim_provisioning.models import Connection
from scim_provisioning.protocol.errors import ExpiredCursor, InvalidCursor
from scim_provisioning.protocol.messages import SearchRequest
from scim_provisioning.protocol.schemas import ResourceType


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A row at the edge of a page."""

    sort_key: str | None
    """None if the row has no value to be sorted by, or the list is in order of age."""
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How far somebody has come who pages through a list."""

    position: Position
    total: int
    """How many there were at the start: who walks on does not have to count again."""
    backwards: bool = False
    """To the page that ends before the position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    links: Sequence[Any]
    start: Position | None
    """Where to go back from; None on the first page."""
    end: Position | None
    """Where to go on from; None on the last page."""


def encode(
    walk: Walk,
    search: SearchRequest,
    *,
    resource_type: ResourceType,
    connection: Connection,
) -> str:
    """Sign a walk, for this very query alone.

    Signed but not secret: it tells the last row's sort key, as its page did.
    """
    return signing.dumps(
        [walk.position.sort_key, walk.position.id, walk.total, walk.backwards],
        salt=_salt(search, resource_type, connection),
        compress=True,
    )


def decode(
    cursor: str,
    search: SearchRequest,
    *,
    resource_type: ResourceType,
    connection: Connection,
) -> Walk:
    """Read a cursor that was made for the same connection, resource type, filter and sort.

    Raises ExpiredCursor, InvalidCursor.
    """
    try:
        sort_key, id, total, backwards = signing.loads(
            cursor,
            salt=_salt(search, resource_type, connection),
            max_age=conf.value("CURSOR_LIFETIME_SECONDS"),
        )
    except signing.SignatureExpired as problem:
        raise ExpiredCursor from problem
    except (signing.BadSignature, ValueError) as problem:
        raise InvalidCursor from problem
    return Walk(position=Position(sort_key=sort_key, id=id), total=total, backwards=backwards)


def page(
    links: QuerySet[Any],
    ordering: Sequence[OrderBy],
    *,
    walk: Walk | None,
    count: int,
) -> Page:
    """Load the next `count` links of a walk, or the first ones. One query.

    The ordering is one of `lookups`: by age, or by one key and then by age. A page that is empty
    leads back to where it was asked from.
    """
    origin = walk.position if walk else None
    backwards = walk is not None and walk.backwards
    if len(ordering) > 1:
        links = links.annotate(sort_key=ordering[0].expression)
    if backwards:
        ordering = [_reversed(each) for each in ordering]
    if origin is not None:
        links = links.filter(_behind(origin, ordering))
    found = list(links.order_by(*ordering)[: count + 1]) if count else []
    shown = found[:count]
    near = _near(origin, shown, backwards=backwards)
    far = _position(shown[-1]) if len(found) > count else None
    if count == 0:
        far = origin
    if backwards:
        return Page(links=shown[::-1], start=far, end=near)
    return Page(links=shown, start=near, end=far)


def _salt(search: SearchRequest, resource_type: ResourceType, connection: Connection) -> str:
    """Make a cursor of another query look forged."""
    bound_to = (
        str(connection.public_id),
        resource_type.name,
        search.filter,
        search.sort_by,
        search.sort_order,
    )
    return f"scim_provisioning.cursors:{json.dumps(bound_to)}"


def _behind(position: Position, ordering: Sequence[OrderBy]) -> Q:
    by_age = ordering[-1]
    younger = Q(id__lt=position.id) if by_age.descending else Q(id__gt=position.id)
    if len(ordering) == 1:
        return younger
    by_key, key = ordering[0], F("sort_key")
    field = cast(Expression, by_key.expression).output_field
    absent = Q(IsNull(key, True))
    if position.sort_key is None:
        return absent & younger | ~absent if by_key.descending else absent & younger
    last = field.to_python(position.sort_key)
    further = LessThan(key, last) if by_key.descending else GreaterThan(key, last)
    behind = Q(further) | Q(Exact(key, last)) & younger
    return behind if by_key.descending else behind | absent


def _position(link: Any) -> Position:
    key = getattr(link, "sort_key", None)
    return Position(sort_key=key.isoformat() if isinstance(key, datetime) else key, id=link.pk)


def _near(origin: Position | None, shown: Sequence[Any], *, backwards: bool) -> Position | None:
    """Give the edge of a page on the side it was asked from, which is a page's edge, too."""
    if origin is None:
        return None
    if shown:
        return _position(shown[0])
    return replace(origin, id=origin.id + (-1 if backwards else 1))


def _reversed(by: OrderBy) -> OrderBy:
    """Turn an order around, and absent values with it."""
    turned = by.copy()
    turned.reverse_ordering()
    return turned
