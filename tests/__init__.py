"""Tests: they mirror the tree and use real parts."""
