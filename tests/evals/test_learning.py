"""Corrections teach what they are about, and nothing else."""

from __future__ import annotations

from evals.learning import measure


def test_ten_corrections_teach_like_requests_and_harm_no_other() -> None:
    before, after, like, changed, _others = measure()
    assert before == 0
    assert after == like
    assert changed == 0
