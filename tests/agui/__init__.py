"""Tests with the client that front ends use."""
