"""The one attribute table: what a User and a Group are here (RFC 7643 §4, §7).

Discovery, validation, filters, PATCH and projection all read it. Must not know where an
attribute's value is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from scim_provisioning.protocol import urns

NAME_LENGTH = 255
"""Characters in a value that is looked up by an index."""


# Rows are compared and hashed by identity (eq=False): each exists once, and caches are keyed on
# them, where hashing a whole table by its contents would cost more than the work saved.


class AttributeType(StrEnum):
    STRING = "string"
    BOOLEAN = "boolean"
    DATE_TIME = "dateTime"
    REFERENCE = "reference"
    BINARY = "binary"
    COMPLEX = "complex"


class Mutability(StrEnum):
    READ_ONLY = "readOnly"
    READ_WRITE = "readWrite"
    IMMUTABLE = "immutable"
    WRITE_ONLY = "writeOnly"


class Returned(StrEnum):
    ALWAYS = "always"
    NEVER = "never"
    DEFAULT = "default"
    REQUEST = "request"


class Uniqueness(StrEnum):
    NONE = "none"
    SERVER = "server"
    GLOBAL = "global"


@dataclass(frozen=True, kw_only=True, eq=False)
class Attribute:
    """One row of the table, with the characteristics of RFC 7643 §2.2."""

    name: str
    description: str = ""
    type: AttributeType = AttributeType.STRING
    multi_valued: bool = False
    required: bool = False
    case_exact: bool = False
    mutability: Mutability = Mutability.READ_WRITE
    returned: Returned = Returned.DEFAULT
    uniqueness: Uniqueness = Uniqueness.NONE
    max_length: int | None = None
    canonical_values: tuple[str, ...] = ()
    reference_types: tuple[str, ...] = ()
    sub_attributes: tuple[Attribute, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, Attribute]:
        return {each.name.lower(): each for each in self.sub_attributes}

    def sub_attribute(self, name: str) -> Attribute | None:
        """Find a sub-attribute by its name in any case."""
        return self._by_name.get(name.lower())

    @property
    def is_complex(self) -> bool:
        return self.type is AttributeType.COMPLEX

    @property
    def is_read_only(self) -> bool:
        return self.mutability is Mutability.READ_ONLY

    @cached_property
    def is_membership(self) -> bool:
        """Whether the elements are references to other resources, known by their id alone."""
        identifier = self.sub_attribute("value")
        return self.multi_valued and identifier is not None and identifier.required


@dataclass(frozen=True, kw_only=True, eq=False)
class Schema:
    """A named set of attributes (RFC 7643 §7)."""

    urn: str
    name: str
    description: str
    attributes: tuple[Attribute, ...]

    @cached_property
    def _by_name(self) -> dict[str, Attribute]:
        return {each.name.lower(): each for each in self.attributes}

    def attribute(self, name: str) -> Attribute | None:
        """Find an attribute by its name in any case."""
        return self._by_name.get(name.lower())


class Located(NamedTuple):
    """What a name leads to: an attribute and, behind a dot, a part of it."""

    schema: Schema | None  # None: an attribute that every resource has
    attribute: Attribute
    sub_attribute: Attribute | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class ResourceType:
    """A kind of resource, its endpoint and its schemas (RFC 7643 §6)."""

    name: str
    endpoint: str
    description: str
    schema: Schema
    extensions: tuple[Schema, ...] = field(default=())

    @property
    def schemas(self) -> tuple[Schema, ...]:
        return (self.schema, *self.extensions)

    def schema_of(self, urn: str) -> Schema | None:
        """Find the core schema or an extension by its URN in any case."""
        return next((each for each in self.schemas if each.urn.lower() == urn.lower()), None)

    def common(self, name: str) -> Attribute | None:
        """Find an attribute that every resource has: schemas, id, externalId, meta."""
        return _COMMON_BY_NAME.get(name.lower())

    def locate(self, name: str, *, within: Schema | None = None) -> Located | None:
        """Find what a name leads to: `userName`, `name.givenName`, `urn:…:User:department`.

        Names have no case (RFC 7643 §2.1). A plain name is looked for in the core schema, or
        in the schema `within`.
        """
        folded = name.lower()
        schema = within or self.schema
        for each in self.schemas:
            if folded.startswith(f"{each.urn.lower()}:"):
                schema, name = each, name[len(each.urn) + 1 :]
        head, dot, tail = name.partition(".")
        attribute = schema.attribute(head)
        common = self.common(head) if attribute is None and schema is self.schema else None
        found = attribute or common
        if found is None:
            return None
        sub_attribute = found.sub_attribute(tail)
        if dot and sub_attribute is None:
            return None
        return Located(None if common else schema, found, sub_attribute)

    def qualified_name(self, schema: Schema | None, attribute: Attribute) -> str:
        """Name an attribute in full: `userName`, but `urn:…:User:department`."""
        if schema is None or schema is self.schema:
            return attribute.name
        return f"{schema.urn}:{attribute.name}"

    @cached_property
    def writable(self) -> tuple[Located, ...]:
        """What a directory may set, and this server keeps, in the order of the table."""
        common = (Located(None, each) for each in COMMON if each.name == "externalId")
        own = (Located(schema, each) for schema, each in self.walk())
        return tuple(
            each
            for each in (*common, *own)
            if not each.attribute.is_read_only and each.attribute.returned is not Returned.NEVER
        )

    def walk(self) -> Iterator[tuple[Schema, Attribute]]:
        """Yield each attribute of the core schema and then of the extensions, in order."""
        for schema in self.schemas:
            for attribute in schema.attributes:
                yield schema, attribute


def _text(name: str, description: str = "", **characteristics: object) -> Attribute:
    return Attribute(name=name, description=description, **characteristics)  # type: ignore[arg-type]  # a table's shorthand


def _plural(
    name: str,
    description: str,
    *,
    types: tuple[str, ...] = (),
    value: Attribute | None = None,
) -> Attribute:
    """A multi-valued attribute with the default sub-attributes of RFC 7643 §2.4."""
    return Attribute(
        name=name,
        description=description,
        type=AttributeType.COMPLEX,
        multi_valued=True,
        sub_attributes=(
            value or _text("value", "The value itself."),
            _text("display", "A name for people to read."),
            _text("type", "What the value is for.", canonical_values=types),
            Attribute(
                name="primary",
                description="Whether this is the preferred value; true for one value at most.",
                type=AttributeType.BOOLEAN,
            ),
        ),
    )


COMMON: tuple[Attribute, ...] = (
    Attribute(
        name="schemas",
        type=AttributeType.REFERENCE,
        reference_types=("uri",),
        multi_valued=True,
        required=True,
        case_exact=True,
        returned=Returned.ALWAYS,
    ),
    _text(
        "id",
        case_exact=True,
        mutability=Mutability.READ_ONLY,
        returned=Returned.ALWAYS,
        uniqueness=Uniqueness.SERVER,
    ),
    _text("externalId", case_exact=True, max_length=NAME_LENGTH),
    Attribute(
        name="meta",
        type=AttributeType.COMPLEX,
        mutability=Mutability.READ_ONLY,
        sub_attributes=(
            _text("resourceType", case_exact=True, mutability=Mutability.READ_ONLY),
            Attribute(
                name="created", type=AttributeType.DATE_TIME, mutability=Mutability.READ_ONLY
            ),
            Attribute(
                name="lastModified", type=AttributeType.DATE_TIME, mutability=Mutability.READ_ONLY
            ),
            Attribute(
                name="location",
                type=AttributeType.REFERENCE,
                reference_types=("uri",),
                case_exact=True,
                mutability=Mutability.READ_ONLY,
            ),
            _text("version", case_exact=True, mutability=Mutability.READ_ONLY),
        ),
    ),
)
_COMMON_BY_NAME = {each.name.lower(): each for each in COMMON}

USER = Schema(
    urn=urns.USER,
    name="User",
    description="User account",
    attributes=(
        _text(
            "userName",
            "The name the directory knows the person by; unique in the workspace in any case.",
            required=True,
            uniqueness=Uniqueness.SERVER,
            max_length=NAME_LENGTH,
        ),
        Attribute(
            name="name",
            description="The parts of the person's name.",
            type=AttributeType.COMPLEX,
            sub_attributes=(
                _text("formatted", "The full name, ready to be shown."),
                _text("familyName", "The last name."),
                _text("givenName", "The first name."),
                _text("middleName", "The middle name or names."),
                _text("honorificPrefix", "A title before the name."),
                _text("honorificSuffix", "A suffix behind the name."),
            ),
        ),
        _text("displayName", "The name shown to other people.", max_length=NAME_LENGTH),
        _text("nickName", "A casual way to address the person."),
        Attribute(
            name="profileUrl",
            description="A page about the person.",
            type=AttributeType.REFERENCE,
            reference_types=("external",),
            case_exact=True,
        ),
        _text("title", "The person's title, such as Vice President."),
        _text("userType", "The relation to the organization, such as Contractor."),
        _text("preferredLanguage", "The languages the person reads, as in Accept-Language."),
        _text("locale", "How dates, numbers and currency are shown."),
        _text("timezone", "An IANA time zone, such as Europe/Berlin."),
        Attribute(
            name="active",
            description="Whether the person may use the workspace.",
            type=AttributeType.BOOLEAN,
        ),
        _text(
            "password",
            "Accepted and ignored: people sign in by the product's own means.",
            case_exact=True,
            mutability=Mutability.WRITE_ONLY,
            returned=Returned.NEVER,
        ),
        _plural("emails", "E-mail addresses.", types=("work", "home", "other")),
        _plural(
            "phoneNumbers",
            "Telephone numbers.",
            types=("work", "home", "mobile", "fax", "pager", "other"),
        ),
        _plural("ims", "Instant messaging addresses."),
        _plural(
            "photos",
            "Addresses of pictures; never fetched.",
            types=("photo", "thumbnail"),
            value=Attribute(
                name="value",
                description="The address of the picture.",
                type=AttributeType.REFERENCE,
                reference_types=("external",),
                case_exact=True,
            ),
        ),
        Attribute(
            name="addresses",
            description="Postal addresses.",
            type=AttributeType.COMPLEX,
            multi_valued=True,
            sub_attributes=(
                _text("formatted", "The address, ready to be shown."),
                _text("streetAddress", "Street and number."),
                _text("locality", "City or town."),
                _text("region", "State or region."),
                _text("postalCode", "Postal code."),
                _text("country", "Country, ISO 3166-1 alpha-2."),
                _text(
                    "type", "What the address is for.", canonical_values=("work", "home", "other")
                ),
                Attribute(
                    name="primary",
                    description="Whether this is the preferred address.",
                    type=AttributeType.BOOLEAN,
                ),
            ),
        ),
        Attribute(
            name="groups",
            description="The groups the person is in; changed through the groups.",
            type=AttributeType.COMPLEX,
            multi_valued=True,
            mutability=Mutability.READ_ONLY,
            sub_attributes=(
                _text("value", "The group's id.", case_exact=True, mutability=Mutability.READ_ONLY),
                Attribute(
                    name="$ref",
                    description="The group's address.",
                    type=AttributeType.REFERENCE,
                    reference_types=("Group",),
                    case_exact=True,
                    mutability=Mutability.READ_ONLY,
                ),
                _text("display", "The group's name.", mutability=Mutability.READ_ONLY),
                _text(
                    "type",
                    "How the person came into the group.",
                    canonical_values=("direct",),
                    mutability=Mutability.READ_ONLY,
                ),
            ),
        ),
        _plural("entitlements", "Kept and returned; they give no rights."),
        _plural("roles", "Kept and returned; an owner decides what they mean."),
        _plural(
            "x509Certificates",
            "Kept and returned.",
            value=Attribute(
                name="value",
                description="A DER-encoded certificate in base64.",
                type=AttributeType.BINARY,
                case_exact=True,
            ),
        ),
    ),
)

ENTERPRISE_USER = Schema(
    urn=urns.ENTERPRISE_USER,
    name="EnterpriseUser",
    description="Enterprise user",
    attributes=(
        _text("employeeNumber", "The number or name the organization gave the person."),
        _text("costCenter", "The cost center."),
        _text("organization", "The organization."),
        _text("division", "The division."),
        _text("department", "The department."),
        Attribute(
            name="manager",
            description="The person's manager; may name somebody unknown here.",
            type=AttributeType.COMPLEX,
            sub_attributes=(
                _text("value", "The manager's id.", case_exact=True),
                Attribute(
                    name="$ref",
                    description="The manager's address.",
                    type=AttributeType.REFERENCE,
                    reference_types=("User",),
                    case_exact=True,
                ),
                _text("displayName", "The manager's name.", mutability=Mutability.READ_ONLY),
            ),
        ),
    ),
)

GROUP = Schema(
    urn=urns.GROUP,
    name="Group",
    description="Group of people",
    attributes=(
        _text(
            "displayName",
            "The group's name; unique in the workspace in any case.",
            required=True,
            uniqueness=Uniqueness.SERVER,
            max_length=NAME_LENGTH,
        ),
        Attribute(
            name="members",
            description="The people in the group.",
            type=AttributeType.COMPLEX,
            multi_valued=True,
            sub_attributes=(
                _text(
                    "value",
                    "The person's id.",
                    case_exact=True,
                    required=True,
                    mutability=Mutability.IMMUTABLE,
                ),
                Attribute(
                    name="$ref",
                    description="The person's address.",
                    type=AttributeType.REFERENCE,
                    reference_types=("User",),
                    case_exact=True,
                    mutability=Mutability.IMMUTABLE,
                ),
                _text(
                    "type",
                    "The kind of member.",
                    canonical_values=("User",),
                    mutability=Mutability.IMMUTABLE,
                ),
            ),
        ),
    ),
)

USER_TYPE = ResourceType(
    name="User",
    endpoint="/Users",
    description="The people of the workspace",
    schema=USER,
    extensions=(ENTERPRISE_USER,),
)
GROUP_TYPE = ResourceType(
    name="Group",
    endpoint="/Groups",
    description="The groups of the workspace",
    schema=GROUP,
)
RESOURCE_TYPES = (USER_TYPE, GROUP_TYPE)
