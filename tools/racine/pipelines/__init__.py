"""Pipelines: workflows arranged in stages, and what makes them faster."""
