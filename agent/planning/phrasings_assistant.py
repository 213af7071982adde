"""How people ask for what the assistant keeps and advises; see `phrasings`."""

from __future__ import annotations

ASSISTANT: tuple[tuple[str, str], ...] = (
    ("assistant.list_plans", """
        show pending approvals
        what is waiting for my approval
        which plans are open
        which plans wait for me
        what do i have to approve"""),
    ("assistant.anomalies", """
        any outliers in row counts
        did the number of rows drop anywhere
        is anything unusual going on with our data
        which tables changed their volume suddenly"""),
)  # fmt: skip
