"""Executions know what started them, and how long they have run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("executions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("active_seconds", sa.Double(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("went_on_at", tools.database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_executions_parent_id"), ["parent_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("executions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_executions_parent_id"))
        batch_op.drop_column("went_on_at")
        batch_op.drop_column("active_seconds")
        batch_op.drop_column("parent_id")
