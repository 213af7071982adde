"""What was said to recommendations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recommendation_decisions",
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("recommendation", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "user_id", "recommendation", name=op.f("pk_recommendation_decisions")
        ),
    )


def downgrade() -> None:
    op.drop_table("recommendation_decisions")
