"""Which attributes an answer holds (RFC 7644 §3.9, RFC 7643 §7 "returned").

Must not know where the resource comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scim_provisioning.protocol.schemas import COMMON, Attribute, ResourceType, Returned, Schema
from scim_provisioning.protocol.values import Json

Selection = dict[str, "Selection"]
"""Names and, within each, the names of its parts; no parts means the whole of it."""

_Path = tuple[str, ...]


def split_names(text: str | None) -> tuple[str, ...]:
    """Split the comma separated names of a query parameter."""
    return tuple(name for each in (text or "").split(",") if (name := each.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What to leave of a full representation; `wanted` is None where nothing was asked for."""

    wanted: Selection | None
    unwanted: Selection

    @classmethod
    def parse(
        cls,
        attributes: Sequence[str] | None,
        excluded: Sequence[str] | None,
        resource_type: ResourceType,
    ) -> Projection:
        """Compile the names of `attributes` and `excludedAttributes`; unknown ones are ignored.

        With both, `excludedAttributes` thins out what `attributes` asks for.
        """
        if not attributes and not excluded:
            return cls.everything(resource_type)
        asked = set(_named(attributes or (), resource_type))
        always = set(_returned(Returned.ALWAYS, resource_type))
        hidden = set(_named(excluded or (), resource_type)) - always
        hidden.update(_returned(Returned.NEVER, resource_type))
        hidden.update(set(_returned(Returned.REQUEST, resource_type)) - asked)
        return cls(
            wanted=_selection(asked | always) if attributes else None,
            unwanted=_selection(hidden),
        )

    @classmethod
    def everything(cls, resource_type: ResourceType) -> Projection:
        """Select what is returned when a request asks for nothing in particular."""
        return _everything(resource_type)

    def includes(self, name: str) -> bool:
        """Whether any of a top-level attribute, or extension, can be in the answer.

        Takes the name as the table spells it; lets a caller spare the query for `members`.
        """
        if self.unwanted.get(name) == {}:
            return False
        return self.wanted is None or name in self.wanted

    def apply(self, resource: Mapping[str, Json]) -> dict[str, Json]:
        """Give what is left as a new dict; parts that are kept whole are shared.

        `schemas` names no extension that is not in the answer (RFC 7643 §3).
        """
        kept = dict(resource) if self.wanted is None else _keep(resource, self.wanted)
        answer = _drop(kept, self.unwanted)
        gone = resource.keys() - answer.keys()
        if not gone.isdisjoint(resource.get("schemas", ())):
            answer["schemas"] = [urn for urn in resource["schemas"] if urn not in gone]
        return answer


@lru_cache
def _everything(resource_type: ResourceType) -> Projection:
    never = _returned(Returned.NEVER, resource_type)
    on_request = _returned(Returned.REQUEST, resource_type)
    return Projection(wanted=None, unwanted=_selection({*never, *on_request}))


def _named(names: Iterable[str], resource_type: ResourceType) -> Iterator[_Path]:
    """Resolve names to paths; the core schema's URN stands for each of its attributes."""
    for name in names:
        schema = resource_type.schema_of(name)
        located = resource_type.locate(name)
        if schema is resource_type.schema:
            yield from ((each.name,) for each in schema.attributes)
        elif schema is not None:
            yield (schema.urn,)
        elif located is not None:
            path = _path(located.schema, located.attribute, resource_type)
            part = located.sub_attribute
            yield path if part is None else (*path, part.name)


def _returned(returned: Returned, resource_type: ResourceType) -> Iterator[_Path]:
    """Yield the paths of the attributes with this characteristic; their parts have none."""
    for common in COMMON:
        if common.returned is returned:
            yield (common.name,)
    for schema, attribute in resource_type.walk():
        if attribute.returned is returned:
            yield _path(schema, attribute, resource_type)


def _path(schema: Schema | None, attribute: Attribute, resource_type: ResourceType) -> _Path:
    if schema is None or schema is resource_type.schema:
        return (attribute.name,)
    return (schema.urn, attribute.name)


def _selection(paths: Iterable[_Path]) -> Selection:
    """Nest the paths in any order; a whole wins over its parts."""
    selection: Selection = {}
    for path in paths:
        _insert(selection, path)
    return selection


def _insert(selection: Selection, path: _Path) -> None:
    head, *rest = path
    if not rest:
        selection[head] = {}
    elif selection.get(head) != {}:
        _insert(selection.setdefault(head, {}), tuple(rest))


def _keep(resource: Mapping[str, Json], selection: Selection) -> dict[str, Json]:
    kept = {}
    for name, value in resource.items():
        if name not in selection:
            continue
        parts = selection[name]
        rest = _within(value, parts, _keep) if parts else value
        if rest or not parts or not value:
            kept[name] = rest
    return kept


def _drop(resource: Mapping[str, Json], selection: Selection) -> dict[str, Json]:
    kept = dict(resource)
    for name in selection.keys() & resource.keys():
        value, parts = resource[name], selection[name]
        rest = _within(value, parts, _drop) if parts else None
        if rest or (parts and not value):
            kept[name] = rest
        else:
            del kept[name]
    return kept


def _within(
    value: Json,
    parts: Selection,
    thin: Callable[[Mapping[str, Json], Selection], dict[str, Json]],
) -> Json:
    """Thin out an object, or each object of a list; one left with nothing goes."""
    if isinstance(value, list):
        return [rest for each in value if (rest := thin(each, parts))]
    return thin(value, parts)
