"""Three servers side by side: this project, plain django-scim2, and hand-written views.

Must not be needed by any of them.
"""
