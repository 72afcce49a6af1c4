"""Clubs, their people and their teams; must not know SCIM."""

from __future__ import annotations

import uuid

from django.db import models


class Season(models.Model):
    """What the first migration made, before there were clubs."""

    year = models.PositiveSmallIntegerField()


class Club(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    is_active = models.BooleanField(default=True)


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    is_gone = models.BooleanField(default=False)


class Place(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="place_once")]
