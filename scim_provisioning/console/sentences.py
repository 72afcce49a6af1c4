"""The journal's sentences in the reader's language; must not know where one was written.

They are stored in English, as the directory was told. A host's own are looked up in its own
catalogue; what no catalogue knows stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


def translated(sentence: str) -> str:
    """Say a stored sentence in the language that is active."""
    if not sentence:  # gettext takes it for the catalogue's head
        return ""
    pattern, names = _parsed(sentence)
    return gettext(pattern) % names if names else gettext(sentence)


SENTENCES: Sequence[str] = (
    _("A group of this name was there before: it was adopted."),
    _("This role can't be given by a group."),
    _("Only a group that the directory manages can give a role."),
    _("The name of this group is reserved: it never gives rights."),
    _("The request is not understood."),
    _("The filter is not valid."),
    _("The filter is larger than this server evaluates."),
    _("The body is not a valid SCIM message."),
    _("The path is not valid."),
    _("The path selects nothing that could be changed."),
    _("A value does not fit its attribute."),
    _("The attribute is read-only."),
    _("The cursor is not one that this server made for this query."),
    _("The cursor has expired; begin the listing again."),
    _("The count is not one that this server accepts."),
    _("The bearer token is missing, wrong, expired or revoked."),
    _("This is not allowed."),
    _("There is no such resource."),
    _("This method is not allowed here."),
    _("The request conflicts with the state of the resource."),
    _("Another resource already has this value."),
    _("The resource has changed since the version that If-Match names."),
    _("The body is larger than this server accepts."),
    _("The request holds more operations than this server accepts."),
    _("Send application/scim+json or application/json."),
    _("Too many requests; try again after the time that Retry-After names."),
    _("The server failed; the fault has been recorded."),
    _("This server does not offer that."),
    _("The server can't reach its database; try again shortly."),
    _(
        "Directory provisioning is switched off for this workspace. An owner can switch it "
        "on in the workspace settings."
    ),
    _("/Me means nobody: a directory's token is not a person's."),
    _("There is no such endpoint."),
    _("There is no such resource type."),
    _("There is no such schema."),
    _("There is no user with this id."),
    _("There is no group with this id."),
    _("There are no keys here."),
    _("Discovery endpoints can't be filtered."),
    _("A bulkId that this operation refers to is not in the request."),
    _("An operation that this one refers to has failed."),
    _("Only operations that create may refer to each other."),
    _("Two operations have the same bulkId."),
    _("cursor: page through /Users or /Groups; here startIndex is offered."),
    _("sortBy must be the name of an attribute."),
    _("sortOrder must be ascending or descending."),
    _("failOnErrors must be a positive integer."),
    _("displayName: this name is reserved; a directory can't take the group."),
    _("displayName: this name is reserved in the workspace."),
    _("displayName: another group of this workspace has this name."),
    _("externalId: another group of this workspace has this identifier."),
    _("externalId: another user of this workspace has this identifier."),
    _("userName: another user of this workspace has this name."),
    _("emails: another user of this workspace has this e-mail address."),
    _("members: at least one value is not the id of a user here."),
    _(
        "Another resource of this workspace has just taken one of these values: userName, "
        "externalId, displayName or an e-mail address."
    ),
    _("A PATCH message is an object with Operations."),
    _("Operations is required and is a list."),
    _("Operations must be a list."),
    _("schemas must be a list of URNs."),
    _("The search request must be a JSON object."),
    _("The bulk request must be a JSON object."),
    _("The body must be a JSON object."),
    _("The body is not UTF-8."),
    _("The body is nested too deeply."),
    _("The body holds a number that JSON does not know."),
    _("An object of the body names an attribute twice."),
    _("An attribute appears twice in the message."),
    _("An attribute appears twice in The search request."),
    _("An attribute appears twice in The bulk request."),
    _("The operation remove needs a path to an attribute."),
    _("Without a path to an attribute, value must be an object."),
    _("A path names an attribute; a comparison goes between its brackets."),
    _("The path is empty."),
    _("The path ends too early."),
    _("The filter ends too early."),
)
"""What the app writes itself, word for word (tests/console/test_sentences.py)."""

PATTERNS: Sequence[str] = (
    _("The path can't be read from character %(count)s on."),
    _("The filter can't be read from character %(count)s on."),
    _("The body is larger than %(count)s bytes."),
    _("The body is not JSON (line %(line)s, column %(column)s)."),
    _("The body holds an integer of more than %(count)s digits."),
    _("There are more than %(count)s operations."),
    _("The request holds more than %(count)s operations."),
    _("The operations name more than %(count)s members."),
    _("The paths have more than %(count)s conditions on members."),
    _("The paths have more than %(count)s conditions on values."),
    _("The path is longer than %(count)s characters."),
    _("The path has more than %(count)s brackets."),
    _("The filter is longer than %(count)s characters."),
    _("The filter has more than %(count)s brackets."),
    _("The filter has more than %(count)s conditions."),
    _("The filter is nested more than %(count)s levels deep."),
    _("%(name)s can't be filtered by."),
    _("%(name)s can't be compared with null by %(operator)s."),
    _("%(name)s is either true or false."),
    _("%(name)s is compared by one of its sub-attributes."),
    _("%(name)s has no order; %(operator)s can't be used."),
    _("%(operator)s compares text, which %(name)s is not given."),
    _("%(name)s is not a boolean."),
    _("%(name)s is compared with characters that no text has."),
    _("%(name)s is compared with a date and time."),
    _("%(name)s has no sub-attributes to select by."),
    _("%(name)s has no elements to select from."),
    _("%(name)s: another user of this workspace has this value."),
    _("%(name)s is required."),
    _("%(name)s.value is required."),
    _("%(name)s.bulkId is required for POST."),
    _("%(name)s.op must be add, remove or replace."),
    _("%(name)s.path must be text."),
    _("%(name)s.path must name an endpoint such as /Users."),
    _("%(name)s.path must name one resource."),
    _("%(name)s.method must be POST, PUT, PATCH or DELETE."),
    _("%(name)s.type must be User: groups within groups are not offered."),
    _("%(name)s must be a path such as /Users or /Users/<id>."),
    _("%(name)s must be a list of attribute names."),
    _("%(name)s must be an integer."),
    _("%(name)s must be a JSON object."),
    _("%(name)s must be an object."),
    _("%(name)s must be text."),
    _("%(name)s must be true or false."),
    _("%(name)s must be a date and time such as 2026-01-31T09:00:00Z."),
    _("%(name)s is not a date and time of the calendar."),
    _("%(name)s must be one value, not a list."),
    _("%(name)s must not be a list of lists."),
    _("%(name)s appears twice."),
    _("An attribute appears twice in %(name)s."),
    _("%(name)s holds a character that is not allowed."),
    _("%(name)s holds an invisible character."),
    _("%(name)s is longer than %(count)s characters."),
    _("%(name)s holds more than %(count)s values."),
    _("%(name)s would hold more than %(count)s values."),
    _("No value of %(name)s meets the path's condition."),
    _("The operation %(verb)s needs a value."),
    _("%(name)s is not an attribute of %(resource)s."),
    _("%(name)s is read-only."),
)
"""The same with names in them: each one of an attribute or a number, without blanks."""


def _expression(pattern: str) -> re.Pattern[str]:
    """Find a pattern's names again in a sentence that was made of it."""
    pieces = re.split(r"%\((\w+)\)s", pattern)
    pieces[::2] = map(re.escape, pieces[::2])
    pieces[1::2] = (rf"(?P<{name}>\S+)" for name in pieces[1::2])
    return re.compile("".join(pieces))


_EXPRESSIONS = {pattern: _expression(pattern) for pattern in PATTERNS}


@lru_cache(maxsize=1000)
def _parsed(sentence: str) -> tuple[str, Mapping[str, str]]:
    """Give the pattern of a sentence, and its names; the sentence itself if it has none."""
    if sentence not in SENTENCES:
        for pattern, expression in _EXPRESSIONS.items():
            match = expression.fullmatch(sentence)
            if match is not None:
                return pattern, match.groupdict()
    return sentence, {}
