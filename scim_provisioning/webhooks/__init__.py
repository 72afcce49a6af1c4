"""Webhooks: what happens to people and groups, told to a URL of the workspace's choosing.

Must not know who chooses it. docs/webhooks.md is what a receiver's author reads.
"""
