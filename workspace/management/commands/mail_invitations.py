"""Mail the invitations that nobody has mailed, from cron; must not know how they are mailed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workspace.services.invitation_mail import mail_invitations


class Command(BaseCommand):
    help = "Mail the invitations that were not mailed when they were made."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Invitations mailed: {mail_invitations()}")
