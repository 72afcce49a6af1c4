"""A directory adds a person: the four cases, and what refuses them."""

from __future__ import annotations

import pytest

from tests import people
from tests.people import Acme, Globex
from workspace import errors
from workspace.models import Invitation, Member, User
from workspace.services.members import (
    ProvisioningCase,
    provision_member,
    resume_member,
    suspend_member,
    update_member,
)


def test_an_unknown_address_gets_an_account_without_password(acme: Acme) -> None:
    result = provision_member(workspace=acme.workspace, name="Nia New", email="Nia@new.example")

    user = User.objects.get(email="Nia@new.example")
    assert result.case is ProvisioningCase.ACCOUNT_CREATED
    assert result.member.user == user
    assert result.member.status == Member.Status.ACTIVE
    assert user.home == acme.workspace
    assert not user.has_usable_password()


def test_an_account_of_a_verified_domain_joins_at_once(acme: Acme) -> None:
    people.verified_domain(acme.workspace, "acme.example")
    user = people.account("Dan Developer", domain="acme.example")

    result = provision_member(workspace=acme.workspace, name="Dan", email="DAN@acme.example")

    assert result.case is ProvisioningCase.ACCOUNT_JOINED
    assert result.member.user == user
    assert result.member.status == Member.Status.ACTIVE


def test_somebody_elses_account_is_only_invited(acme: Acme, globex: Globex) -> None:
    result = provision_member(workspace=acme.workspace, name="Carol", email=globex.carol.email)

    assert result.case is ProvisioningCase.INVITED
    assert result.member.user is None
    assert result.member.status == Member.Status.PENDING
    assert Invitation.objects.get(member=result.member).is_open


def test_a_person_without_address_has_no_account(acme: Acme) -> None:
    result = provision_member(workspace=acme.workspace, name="Fay Floor", email="")

    assert result.case is ProvisioningCase.NO_ACCOUNT
    assert result.member.user is None
    assert result.member.status == Member.Status.ACTIVE
    assert not result.member.is_kiosk


def test_a_colleagues_address_is_taken(acme: Acme) -> None:
    with pytest.raises(errors.EmailTaken):
        provision_member(workspace=acme.workspace, name="Ben Two", email=acme.ben.email.upper())


def test_a_colleagues_login_is_taken(acme: Acme) -> None:
    Member.objects.filter(pk=acme.ben.pk).update(email="b@acme.example", email_key="b@acme.example")

    with pytest.raises(errors.EmailTaken):
        provision_member(workspace=acme.workspace, name="Ben Two", email="ben@acme.example")


def test_the_timezone_is_the_directorys(acme: Acme) -> None:
    result = provision_member(
        workspace=acme.workspace, name="Nia", email="nia@new.example", timezone="europe/belgrade"
    )

    assert result.member.timezone == "Europe/Belgrade"
    assert result.member.timezone_set_by == Member.TimezoneSource.DIRECTORY


def test_an_unknown_timezone_adds_nobody(acme: Acme) -> None:
    with pytest.raises(errors.TimezoneUnknown):
        provision_member(workspace=acme.workspace, name="Nia", email="", timezone="Mars/Olympus")

    assert not Member.objects.filter(name="Nia").exists()


def test_an_account_a_stranger_prepared_joins_without_its_password(
    acme: Acme, globex: Globex
) -> None:
    """A directory that does not own a domain must not plant an account there and keep its key."""
    planted = provision_member(
        workspace=globex.workspace, name="Vic", email="vic@acme.example"
    ).member.user
    assert planted is not None
    planted.set_password(people.PASSWORD)
    planted.save()
    people.verified_domain(acme.workspace, "acme.example")

    provision_member(workspace=acme.workspace, name="Vic", email="vic@acme.example")

    planted.refresh_from_db()
    assert not planted.has_usable_password()
    assert planted.session_epoch == 1


def test_a_suspended_person_is_not_invited_before_being_resumed(acme: Acme, globex: Globex) -> None:
    member = provision_member(workspace=acme.workspace, name="Fay", email="").member
    suspend_member(member=member)
    update_member(member=member, email=globex.carol.email)

    before = Invitation.objects.filter(member=member).count()
    resume_member(member=member)

    assert before == 0
    assert member.status == Member.Status.PENDING
    assert Invitation.objects.filter(member=member, cancelled_at=None).count() == 1
