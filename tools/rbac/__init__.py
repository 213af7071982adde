"""Users, roles, grants, API keys, and who may do what."""
