"""Random filters find in SQL what they match in memory (RFC 7644 §3.4.2.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scim_provisioning.models import Connection
from scim_provisioning.protocol.filters import (
    ORDERING,
    SUBSTRING,
    And,
    Comparison,
    ElementMatch,
    Node,
    Not,
    Nothing,
    Operator,
    Or,
    Presence,
    Target,
    parse_date_time,
)
from scim_provisioning.protocol.matching import matches
from scim_provisioning.protocol.schemas import (
    COMMON,
    GROUP_TYPE,
    USER_TYPE,
    AttributeType,
    ResourceType,
    Returned,
)
from tests.app.directory import acme_directory, matching, shown

Draw = Callable[[st.SearchStrategy[Any]], Any]
Resources = list[dict[str, Any]]

ODD_TEXTS = ("", " ", "%", "_", "\\", "'", '"', "$.x", "STRASSE", "ß", "Ω", "no such text")


@pytest.mark.django_db
@pytest.mark.parametrize("resource_type", [USER_TYPE, GROUP_TYPE], ids=lambda each: each.name)
def test_sql_finds_what_memory_matches(resource_type: ResourceType) -> None:
    connection = acme_directory()
    resources = shown(connection, resource_type)
    filters = _Filters(resource_type, resources)

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(node=filters.nodes())
    def check(node: Node) -> None:
        expected = [each["id"] for each in resources if matches(node, each)]

        assert _found(connection, resource_type, node) == expected

    check()


def _found(connection: Connection, resource_type: ResourceType, node: Node) -> list[str]:
    links = matching(connection, resource_type, node)
    return [str(scim_id) for scim_id in links.values_list("scim_id", flat=True)]


class _Filters:
    """Draws bound filters whose operands lie near what the resources hold."""

    def __init__(self, resource_type: ResourceType, resources: Resources) -> None:
        self._resources = resources
        self._targets = [each for each in _targets(resource_type) if each.name != "meta.version"]

    def nodes(self) -> st.SearchStrategy[Node]:
        simple = [each for each in self._targets if not each.leaf.is_complex]
        whole = [each for each in self._targets if each.leaf.is_complex]
        leaves = (
            self._terms(simple)
            | st.sampled_from(whole).flatmap(self._element_matches)
            | st.sampled_from(whole).map(lambda target: Presence(target=target))
            | st.just(Nothing())
        )
        return st.recursive(leaves, _joined, max_leaves=6)

    def _element_matches(self, whole: Target) -> st.SearchStrategy[Node]:
        parts = [
            each
            for each in self._targets
            if each.attribute is whole.attribute and each.sub_attribute
        ]
        conditions = st.recursive(self._terms(parts), _joined, max_leaves=3)
        return conditions.map(lambda inner: ElementMatch(target=whole, condition=inner))

    def _terms(self, targets: list[Target]) -> st.SearchStrategy[Node]:
        chosen = st.sampled_from(targets)
        present = chosen.map(lambda target: Presence(target=target))
        return present | chosen.flatmap(self._comparisons)

    def _comparisons(self, target: Target) -> st.SearchStrategy[Node]:
        return st.builds(
            Comparison,
            target=st.just(target),
            operator=st.sampled_from(_operators(target)),
            operand=self._operands(target),
        )

    def _operands(self, target: Target) -> st.SearchStrategy[Any]:
        known = _values(target, self._resources)
        match target.leaf.type:
            case AttributeType.BOOLEAN:
                return st.booleans()
            case AttributeType.DATE_TIME:
                steps = st.sampled_from([timedelta(microseconds=n) for n in (-1, 0, 1)])
                return st.builds(
                    lambda text, step: parse_date_time(text) + step, st.sampled_from(known), steps
                )
        if not known:
            return st.sampled_from(ODD_TEXTS)
        cut = st.integers(min_value=0, max_value=12)
        near = st.builds(lambda text, a, b: text[a : a + b], st.sampled_from(known), cut, cut)
        same = st.sampled_from(known)
        return same | same.map(str.upper) | near | st.sampled_from(ODD_TEXTS)


def _joined(terms: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(terms, min_size=2, max_size=3).map(tuple)
    return (
        several.map(lambda each: And(terms=each))
        | several.map(lambda each: Or(terms=each))
        | terms.map(lambda each: Not(term=each))
    )


def _targets(resource_type: ResourceType) -> list[Target]:
    rows = [("", each) for each in COMMON]
    rows += [(schema.urn, each) for schema, each in resource_type.walk()]
    return [
        Target(schema=urn, attribute=attribute, sub_attribute=part)
        for urn, attribute in rows
        if attribute.returned is not Returned.NEVER
        for part in (None, *attribute.sub_attributes)
    ]


def _operators(target: Target) -> list[Operator]:
    match target.leaf.type:
        case AttributeType.BOOLEAN:
            return [Operator.EQ, Operator.NE]
        case AttributeType.DATE_TIME:
            return [each for each in Operator if each not in SUBSTRING]
        case AttributeType.BINARY:
            return [each for each in Operator if each not in ORDERING]
    return list(Operator)


def _values(target: Target, resources: Resources) -> list[str]:
    """Collect the texts that stand anywhere under the target's name."""
    found: list[str] = []
    for resource in resources:
        holder = resource.get(target.schema, {}) if target.is_extension else resource
        value = holder.get(target.attribute.name, [])
        for each in value if isinstance(value, list) else [value]:
            inner = each.get(target.leaf.name) if isinstance(each, dict) else each
            if isinstance(inner, str):
                found.append(inner)
    return found
