"""In a host that brings no frame of its own, the page stands in the app's."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from tests.console.conftest import PAGE


@pytest.fixture
def without_frame(settings: Settings) -> None:
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": []}]


@pytest.mark.usefixtures("without_frame")
def test_the_page_is_a_whole_document(owner: Client) -> None:
    text = owner.get(PAGE).content.decode()

    assert text.startswith("<!doctype html>")
    assert '<html lang="en" dir="ltr">' in text
    assert "<title>Directory provisioning</title>" in text
    assert "scim_provisioning/settings.css" in text


@pytest.mark.usefixtures("without_frame")
def test_the_news_of_an_action_is_shown(owner: Client) -> None:
    owner.post(f"{PAGE}enable/")

    answer = owner.post(f"{PAGE}disable/", {"name": "Acme"}, follow=True)

    assert "Provisioning is disabled." in answer.content.decode()
