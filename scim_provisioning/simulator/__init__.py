"""Play an identity provider against a SCIM server, over HTTP.

Must not know the server's insides: no Django, no models, no operations.
"""
