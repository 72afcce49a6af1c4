"""What the stock adapters leave out: members of a POST or PUT; must not improve the rest."""

from __future__ import annotations

from typing import Any

from django_scim.adapters import SCIMGroup, SCIMUser

Document = dict[str, Any]


class UserAdapter(SCIMUser):  # type: ignore[misc]  # django-scim2 has no type hints
    pass


class GroupAdapter(SCIMGroup):  # type: ignore[misc]  # as above
    member_ids: list[int] | None = None

    def from_dict(self, d: Document) -> None:
        super().from_dict(d)
        if "members" in d:
            self.member_ids = [int(member["value"]) for member in d["members"]]

    def save(self) -> None:
        super().save()
        if self.member_ids is not None:
            self.obj.user_set.set(self.member_ids)
