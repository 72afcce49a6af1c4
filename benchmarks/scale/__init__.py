"""What one deployment carries, and what gives next: the figures behind docs/scale.md.

Must not be needed by any server.
"""
