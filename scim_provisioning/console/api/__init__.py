"""The same as the pages, as JSON, for products with their own front end.

Must not know how an action is done or what it may cost.
"""
