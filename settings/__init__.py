"""The composition root: settings, URLs and entry points; must not hold business rules."""
