"""Conversations, runs, plans: the assistant's own records."""
