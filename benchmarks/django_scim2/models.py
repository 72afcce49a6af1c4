"""Users and groups on django-scim2's mixins; must not know a workspace."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django_scim.models import AbstractSCIMGroupMixin, AbstractSCIMUserMixin


class Group(AbstractSCIMGroupMixin):  # type: ignore[misc]  # django-scim2 has no type hints
    name = models.CharField(max_length=255, unique=True)

    def __str__(self) -> str:
        return str(self.name)


class User(AbstractSCIMUserMixin, AbstractUser):  # type: ignore[misc]  # as above
    scim_groups = models.ManyToManyField(Group, related_name="user_set")


class Token(models.Model):
    objects: ClassVar[models.Manager[Token]] = models.Manager()

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return str(self.pk)
