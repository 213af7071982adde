"""Labels below others, described, of one's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("labels", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("description", sa.String(length=1000), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("parent_id", sa.String(length=60), nullable=True))
        batch_op.add_column(
            sa.Column("builtin", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("changed", sa.JSON(), server_default="[]", nullable=False))
        batch_op.create_index(batch_op.f("ix_labels_parent_id"), ["parent_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_labels_parent_id_labels"), "labels", ["parent_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("labels", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_labels_parent_id_labels"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_labels_parent_id"))
        batch_op.drop_column("changed")
        batch_op.drop_column("builtin")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("description")
