"""Imported frameworks and control mappings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "control_mappings",
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("target_id", sa.String(length=120), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "target_id", name=op.f("pk_control_mappings")),
    )
    with op.batch_alter_table("controls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("oscal", sa.JSON(), nullable=True))

    with op.batch_alter_table("frameworks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("imported", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("frameworks", schema=None) as batch_op:
        batch_op.drop_column("imported")

    with op.batch_alter_table("controls", schema=None) as batch_op:
        batch_op.drop_column("oscal")
        batch_op.drop_column("withdrawn")
        batch_op.drop_column("text")

    op.drop_table("control_mappings")
