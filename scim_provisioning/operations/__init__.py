"""What a SCIM request does, a verb each; one transaction a write.

Must not know HTTP.
"""
