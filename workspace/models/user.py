"""The account a person signs in with; must not know what a workspace thinks of the person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from workspace.names import EMAIL_LENGTH, NAME_LENGTH, comparison_key


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email_key=comparison_key(username or ""))

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Serve `manage.py createsuperuser`."""
        user = self.model(email=email, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(max_length=EMAIL_LENGTH, unique=True)
    email_key = models.CharField(max_length=EMAIL_LENGTH, unique=True, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now)
    session_epoch = models.PositiveIntegerField(default=0)
    home = models.ForeignKey(
        "workspace.Workspace",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The workspace whose directory created this account.",
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email_key = comparison_key(self.email)
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's hook below get_session_auth_hash and its fallbacks: a new epoch ends
        # every session, under the present key and under the former ones.
        return salted_hmac(
            "workspace.User.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
