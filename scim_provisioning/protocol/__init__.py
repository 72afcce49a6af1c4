"""SCIM 2.0 as pure functions and frozen dataclasses (RFC 7643, RFC 7644).

Must not know Django, a database, or the clock.
"""
