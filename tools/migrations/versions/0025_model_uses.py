"""What turns use of a language model."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_uses",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("workspace_id", sa.String(length=40), nullable=True),
        sa.Column("run_id", sa.String(length=80), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Double(), nullable=True),
        sa.Column("at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_uses")),
    )
    with op.batch_alter_table("model_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model_uses_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_model_uses_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_model_uses_workspace_id"), ["workspace_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("model_uses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_model_uses_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_model_uses_user_id"))
        batch_op.drop_index(batch_op.f("ix_model_uses_at"))

    op.drop_table("model_uses")
