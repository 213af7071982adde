"""Why a turn left its request without an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unanswered", sa.String(length=20), nullable=True))
        batch_op.create_index(batch_op.f("ix_runs_unanswered"), ["unanswered"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runs_unanswered"))
        batch_op.drop_column("unanswered")
