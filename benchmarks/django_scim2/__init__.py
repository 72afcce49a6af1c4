"""A plain django-scim2 project: its views, its filters, adapters that do what it leaves out.

Must not be better than its documentation makes one. It serves one customer: its tables hold nobody
else.
"""
