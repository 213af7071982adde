"""Frameworks, controls, declarative rules, findings, posture."""
