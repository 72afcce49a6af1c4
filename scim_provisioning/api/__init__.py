"""The HTTP edge for identity providers: all code that knows Django REST framework.

Must not know a rule of SCIM or of the product.
"""
