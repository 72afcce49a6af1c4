"""The attributes that a directory filters by; must not know how a filter is parsed."""

from __future__ import annotations

from django_scim.filters import GroupFilterQuery, UserFilterQuery


class UserFilter(UserFilterQuery):  # type: ignore[misc]  # django-scim2 has no type hints
    attr_map = {
        **UserFilterQuery.attr_map,
        ("externalId", None, None): "scim_external_id",
    }


class GroupFilter(GroupFilterQuery):  # type: ignore[misc]  # as above
    attr_map = {
        ("displayName", None, None): "name",
        ("externalId", None, None): "scim_external_id",
        ("members", None, None): "members",
    }
