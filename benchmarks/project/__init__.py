"""This project, as it is deployed; must not know the other servers."""
