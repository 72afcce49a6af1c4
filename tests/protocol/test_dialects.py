"""Each tolerance changes what its row says, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scim_provisioning.protocol.dialects import TOLERANCES, Tolerance, Verb, read_operations
from scim_provisioning.protocol.errors import InvalidPath, NoTarget
from scim_provisioning.protocol.patch import compile_patch
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType
from tests.protocol.patching import message, operation

CAROL = {"userName": "carol"}
CREATION = operation("Replace", 'phoneNumbers[type eq "mobile"].value', value="+1")
FOREIGN = operation("Add", "urn:example:custom:2.0:User:tag", value="701984")


def row(name: str) -> Tolerance:
    return next(each for each in TOLERANCES if each.name.startswith(name))


def verbs(given: dict[str, Any], resource_type: ResourceType = USER_TYPE) -> list[Verb]:
    return [each.verb for each in read_operations(message(given), resource_type)]


def test_each_row_names_its_senders_and_its_recording() -> None:
    recordings = Path(__file__).parent.parent / "idp"

    assert all(each.senders for each in TOLERANCES)
    assert all((recordings / each.recording).is_file() for each in TOLERANCES)
    assert len({each.name for each in TOLERANCES}) == len(TOLERANCES)


class TestRemoveWithAListOfValues:
    def test_takes_only_those(self) -> None:
        given = operation("Remove", "members", value=[{"value": "a"}])

        assert verbs(given, GROUP_TYPE) == [Verb.REMOVE_VALUES]

    @pytest.mark.parametrize(
        "given",
        [
            operation("remove", "members"),
            operation("remove", "members", value=None),
            operation("remove", 'members[value eq "a"]', value=[{"value": "a"}]),
        ],
    )
    def test_leaves_the_operations_of_the_rfc(self, given: dict[str, Any]) -> None:
        """RFC 7644 §3.5.2.2: remove has a path and no value."""
        assert verbs(given, GROUP_TYPE) == [Verb.REMOVE]

    def test_would_empty_the_group_by_the_rfc(self) -> None:
        given = operation("remove", "members", value=[{"value": "a"}])

        change = compile_patch(message(given), GROUP_TYPE, tolerances=()).membership

        assert change is not None
        assert change.replace


class TestValuePathToAnEntryThatIsNotThere:
    def test_makes_it(self) -> None:
        patch = compile_patch(message(CREATION), USER_TYPE, tolerances=[row("value path")])

        assert patch.apply(CAROL)["phoneNumbers"] == [{"type": "mobile", "value": "+1"}]

    def test_has_no_target_by_the_rfc(self) -> None:
        """RFC 7644 §3.5.2.3: no record match is 400 noTarget."""
        patch = compile_patch(message(CREATION), USER_TYPE, tolerances=())

        with pytest.raises(NoTarget):
            patch.apply(CAROL)


class TestPathIntoAnUnknownExtension:
    def test_is_skipped(self) -> None:
        assert verbs(FOREIGN) == []

    def test_is_invalid_by_the_rfc(self) -> None:
        with pytest.raises(InvalidPath):
            compile_patch(message(FOREIGN), USER_TYPE, tolerances=())

    @pytest.mark.parametrize(
        "path", ["shoeSize", "urn:ietf:params:scim:schemas:core:2.0:User:shoe"]
    )
    def test_does_not_hide_a_mistyped_attribute(self, path: str) -> None:
        with pytest.raises(InvalidPath):
            compile_patch(message(operation("add", path, value="x")), USER_TYPE)
