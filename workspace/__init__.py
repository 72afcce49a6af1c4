"""The product: a time tracker. Knows no provisioning protocol, but for `workspace.scim`."""
