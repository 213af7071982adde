"""Approvals: who has to agree before something runs, and what is agreed to in advance."""
