"""Workspaces: who works on which sources."""
