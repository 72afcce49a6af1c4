"""The pages for owners: read the request, call one thing, render.

Must not know how an action is done or what it may cost.
"""
