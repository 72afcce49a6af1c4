"""The product's tables; must not hold rules that need another row."""

from workspace.models.api_key import ApiKey
from workspace.models.group import Group, GroupMembership
from workspace.models.invitation import Invitation
from workspace.models.login_change import LoginChange
from workspace.models.member import Member
from workspace.models.seats import Seats
from workspace.models.time_entry import TimeEntry
from workspace.models.user import User
from workspace.models.workspace import Domain, Workspace

__all__ = [
    "ApiKey",
    "Domain",
    "Group",
    "GroupMembership",
    "Invitation",
    "LoginChange",
    "Member",
    "Seats",
    "TimeEntry",
    "User",
    "Workspace",
]
