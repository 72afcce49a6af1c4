"""Tell an outage from a failure: a service that is down is nobody's mistake.

Must not know what a handler does.
"""

from __future__ import annotations

import errno
import smtplib
import socket
import traceback

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerUnreachable

_TEMPORARY_MAIL_FAILURES = range(400, 500)
"""RFC 5321 §4.2.1: the same mail may be accepted later."""
_UNREACHABLE = frozenset(
    {errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.EPIPE}
)


class Outage(Exception):
    """What a handler needs is down; it is called again, and no attempt is counted."""


_OUTAGES = (
    Outage,
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    OperationalError,
    InterfaceError,
    BrokerUnreachable,
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
)


def is_outage(problem: Exception) -> bool:
    """Tell whether trying again later helps without anybody mending anything here."""
    if isinstance(problem, _OUTAGES):
        return True
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code in _TEMPORARY_MAIL_FAILURES
    return isinstance(problem, OSError) and problem.errno in _UNREACHABLE


def describe(problem: Exception) -> str:
    """Say what was raised and where; not its text, which may name a person."""
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(problem).__qualname__}{place}"[:200]
