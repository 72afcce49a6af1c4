"""SCIM 2.0 provisioning for multi-workspace Django products.

Knows SCIM; knows no product. A host plugs its own models in through two adapters (`adapters/`).
"""
