"""What templates ask for; must not query."""
