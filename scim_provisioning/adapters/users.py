"""The seam for people: a host's member as a SCIM User.

Built on django-scim2's adapter contract (`to_dict`, `from_dict`, `save`, `delete`). Must not know
a request, or how a document was changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import F, Q, QuerySet
from django_scim.adapters import SCIMUser

from scim_provisioning.adapters.contract import Document
from scim_provisioning.models import Connection, UserLink


class UserAdapter(SCIMUser):  # type: ignore[misc]  # django-scim2 has no type hints
    """Reads and writes one member of the host in SCIM words.

    A host implements `queryset`, `match`, `read`, `create`, `update` and `remove`; it writes
    through its own services, and raises `scim_provisioning.protocol.errors` for what it refuses.
    Everything runs inside the request's transaction.
    """

    lookups: ClassVar[Mapping[str, F | Q]] = {}
    """Attribute name to where its current value stands, as a path from the link: an F for a text
    (`F("member__timezone")`), a Q for a boolean (`Q(member__status="ACTIVE")`)."""

    roles: ClassVar[tuple[str, ...]] = ()
    """Roles that an owner may tie to a directory's group, the least first; never ownership."""

    obj: Any
    """The host's member, or None before it is created."""

    def __init__(self, obj: Any, request: Any = None, *, link: UserLink) -> None:
        super().__init__(obj, request)
        self.link = link
        self.document: Document = {}
        self.notes: list[str] = []
        """Sentences for the owner about what was decided, such as why a person was invited.

        Stored as they are, so in English; shown in the owner's language if one of the host's
        catalogues has them as message ids.
        """

    @property
    def id(self) -> str:
        return str(self.link.scim_id)

    # What a host implements

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Any]:
        """Give the members of the connection's workspace that a directory may see."""
        raise NotImplementedError

    @classmethod
    def match(cls, connection: Connection, document: Document) -> Any:
        """Find who a document means among the members of the workspace; None if nobody."""
        raise NotImplementedError

    def read(self) -> Document:
        """Describe the member as the product knows it; may not query."""
        raise NotImplementedError

    def product_owned(self) -> frozenset[str]:
        """Name the attributes that show the product's value although the directory sent one."""
        return frozenset({"active"})

    def create(self, document: Document) -> Any:
        """Make a member (with its account, if it gets one) and return it."""
        raise NotImplementedError

    def update(self, document: Document) -> None:
        """Make the member equal to the document.

        Called on every write, so that what was changed by hand while provisioning was off comes
        right again; must do nothing where nothing differs.
        """
        raise NotImplementedError

    def remove(self) -> None:
        """Let the member go: its history stays, its access and its rights end."""
        raise NotImplementedError

    def role(self) -> str:
        """Give the member's role."""
        raise NotImplementedError

    def set_role(self, role: str) -> None:
        """Give the member another role, one of `roles` or the one it had before."""
        raise NotImplementedError

    def reclaimable(self) -> frozenset[str]:
        """Name the attributes that the person or the product owns and a directory may have back."""
        return frozenset()

    def hand_back(self, attribute: str) -> None:
        """Let the directory own one of the `reclaimable` attributes again."""
        raise NotImplementedError

    def standing(self) -> dict[str, str]:
        """Give status and role as they are now, for the journal; nothing of who is not there."""
        if self.obj is None:
            return {}
        status = "active" if self.read().get("active", True) else "inactive"
        return {"status": status, **({"role": self.role()} if self.roles else {})}

    # The contract of django-scim2

    def to_dict(self) -> Document:
        """Describe the person: what the directory said, with the product's truth laid over it."""
        product = self.read()
        if not self.link.is_managed:
            return product
        shown = dict(self.link.attributes)
        for name in self.product_owned() & shown.keys() & product.keys():
            shown[name] = product[name]
        return shown

    def desired(self) -> Document:
        """Describe what the directory has said so far: what a PATCH starts from.

        Not what is shown: were somebody whom an administrator has blocked taken as they are shown,
        a change of their title would say that the directory wants them inactive.
        """
        if self.link.is_managed:
            return dict(self.link.attributes)
        return {**self.read(), "active": True}

    def from_dict(self, d: Document) -> None:
        """Take a whole document; nothing is written before `save`."""
        self.document = d

    def save(self) -> None:
        """Write the document to the product."""
        if self.obj is None:
            self.obj = self.create(self.document)
        else:
            self.update(self.document)

    def delete(self) -> None:
        self.remove()


def differing(before: Document, after: Document) -> frozenset[str]:
    """Name the top-level attributes that two documents don't agree on."""
    return frozenset(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
