"""The floor: views written by hand for these requests alone, on this project's tables.

They check a token, run the statements that the work needs, and render JSON. No filters but two, no
PATCH but three, no journal, no events. Must not know the protocol.
"""
