"""Readers of other people's test material, each giving cases of ours."""
