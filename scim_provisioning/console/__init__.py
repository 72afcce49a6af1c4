"""The HTTP edge for owners: the settings page.

Must not know how SCIM is spoken.
"""
