"""A second host: other names, UUID keys, models that arrive in a later migration."""
