"""Personal API keys: shown once, kept as a digest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.people import Acme
from workspace import errors
from workspace.models import ApiKey
from workspace.services import api_keys


def test_only_the_digest_is_kept(acme: Acme) -> None:
    new_key = api_keys.create_api_key(member=acme.ben, label="Script")

    stored = ApiKey.objects.filter(pk=new_key.api_key.pk).values().get()
    assert len(new_key.secret.removeprefix(f"wk_{acme.workspace.pk}_")) == 43
    assert new_key.secret not in map(str, stored.values())


def test_five_characters_of_the_secret_are_kept_to_tell_keys_apart(acme: Acme) -> None:
    new_key = api_keys.create_api_key(member=acme.ben, label="Script")

    named, secret = new_key.secret[:-43], new_key.secret[-43:]
    assert new_key.api_key.prefix == named + secret[:5]


def test_kiosk_people_get_none(acme: Acme) -> None:
    with pytest.raises(errors.NoAccess):
        api_keys.create_api_key(member=acme.kim, label="Script")


def test_use_is_noted_once_in_five_minutes(acme: Acme) -> None:
    api_key = api_keys.create_api_key(member=acme.ben, label="Script").api_key
    recently = now() - timedelta(minutes=1)
    ApiKey.objects.filter(pk=api_key.pk).update(last_used_at=recently)
    api_key.refresh_from_db()

    api_keys.note_use(api_key=api_key)

    api_key.refresh_from_db()
    assert api_key.last_used_at == recently


def test_use_is_noted_again_after_five_minutes(acme: Acme) -> None:
    api_key = api_keys.create_api_key(member=acme.ben, label="Script").api_key
    long_ago = now() - timedelta(minutes=6)
    ApiKey.objects.filter(pk=api_key.pk).update(last_used_at=long_ago)
    api_key.refresh_from_db()

    api_keys.note_use(api_key=api_key)

    api_key.refresh_from_db()
    assert api_key.last_used_at is not None
    assert api_key.last_used_at > long_ago
