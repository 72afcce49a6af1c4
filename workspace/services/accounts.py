"""The shared accounts: who may write one, and what follows from it.

Must not know members' profiles. A workspace writes an account only while it is its authority;
otherwise a directory's change stays on the member.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from workspace.errors import EmailInvalid, EmailTaken
from workspace.models import LoginChange, Member, User, Workspace
from workspace.names import clean_email, clean_name, comparison_key
from workspace.selectors import has_verified_domain
from workspace.services.transactions import service


class AccountOutcome(StrEnum):
    UNCHANGED = "unchanged"  # there was nothing to do
    FOLLOWED = "followed"  # the account now says what the directory says
    KEPT = "kept"  # this workspace is not the account's authority


@service
def create_account(*, name: str, email: str, password: str) -> User:
    """Create an account whose owner has proven the address; raise EmailTaken."""
    email = clean_email(email)
    if not email:
        raise EmailInvalid
    user = User(name=clean_name(name), email=email)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise EmailTaken("There is an account with this e-mail address.") from error
    return user


def lock_account(user: User) -> None:
    """Lock the row, against joiners too, and bring the caller's object up to date."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())


@service
def find_or_create_account(*, workspace: Workspace, name: str, email: str) -> tuple[User, bool]:
    """Return the locked account of an address, and whether it was created for this workspace.

    The lock is held against `follow_directory` of another workspace: whoever joins an account
    joins it as it is now, or sees the change first.
    """
    return User.objects.select_for_update().get_or_create(
        email_key=comparison_key(email),
        defaults={
            "email": email,
            "name": name,
            "home": workspace,
            "password": make_password(None),
        },
    )


@service
def adopt_account(*, workspace: Workspace, user: User) -> None:
    """Take over an account under this workspace's verified domain.

    An account that a stranger's directory made under our domain may have a password which its
    maker chose: such a password, and its sessions, must not enter with it.
    """
    if user.home is None or user.home == workspace or has_verified_domain(user.home, user.email):
        return
    user.set_unusable_password()
    _end_sessions(user)
    user.save(update_fields=["password", "session_epoch"])


@service
def disown_accounts(*, workspace: Workspace) -> None:
    """Part from the accounts that the workspace's directory made, before the workspace ends.

    Afterwards nobody could tell that a password may have been chosen under a stranger's address.
    """
    for user in User.objects.select_for_update().filter(home=workspace):
        if not has_verified_domain(workspace, user.email):
            user.set_unusable_password()
            _end_sessions(user)
            user.save(update_fields=["password", "session_epoch"])


def is_authority(*, workspace: Workspace, user: User) -> bool:
    """Tell whether the workspace may write the shared account."""
    if user.is_staff or user.is_superuser:
        return False
    return _is_sole_home(workspace, user) or has_verified_domain(workspace, user.email)


@service
def follow_directory(
    *, workspace: Workspace, user: User, name: str | None = None, email: str | None = None
) -> AccountOutcome:
    """Let the account follow the directory as far as the workspace has authority."""
    lock_account(user)
    new_name = name if name is not None and name != user.name else None
    new_email = email if email is not None and email != user.email else None
    if new_name is None and new_email is None:
        return AccountOutcome.UNCHANGED
    if not is_authority(workspace=workspace, user=user):
        return AccountOutcome.KEPT
    if new_name is not None:
        user.name = new_name
        user.save(update_fields=["name"])
    if new_email is not None and not _change_login(workspace, user, new_email):
        return AccountOutcome.KEPT
    return AccountOutcome.FOLLOWED


@service
def forget_login_change(*, change_id: int) -> None:
    """Forget a former address, once it has been told."""
    LoginChange.objects.filter(pk=change_id).delete()


def _change_login(workspace: Workspace, user: User, email: str) -> bool:
    """Write the new address unless it is empty, foreign or somebody else's."""
    old_email, is_other_login = user.email, comparison_key(email) != user.email_key
    if not email or (is_other_login and not _may_move_to(workspace, user, email)):
        return False
    user.email = email
    if is_other_login:
        _end_sessions(user)
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "email_key", "session_epoch"])
    except IntegrityError:
        user.refresh_from_db()
        return False
    if is_other_login:
        LoginChange.objects.create(user=user, old_email=old_email)
    return True


def _may_move_to(workspace: Workspace, user: User, email: str) -> bool:
    return _is_sole_home(workspace, user) or has_verified_domain(workspace, email)


def _is_sole_home(workspace: Workspace, user: User) -> bool:
    if user.home_id != workspace.pk:
        return False
    return not Member.objects.filter(user=user).exclude(workspace=workspace).exists()


def _end_sessions(user: User) -> None:
    """End every session and reset link; the caller saves."""
    user.session_epoch += 1
