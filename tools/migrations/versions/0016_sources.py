"""When the credentials of sources were last rotated; sizes of more than 2 GiB."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("credentials_at", tools.database.UtcDateTime(timezone=True), nullable=True)
        )
    with op.batch_alter_table("assets", schema=None) as batch_op:
        for column in ("row_count", "size_bytes"):
            batch_op.alter_column(
                column, existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=True
            )


def downgrade() -> None:
    with op.batch_alter_table("assets", schema=None) as batch_op:
        for column in ("row_count", "size_bytes"):
            batch_op.alter_column(
                column, existing_type=sa.BigInteger(), type_=sa.INTEGER(), existing_nullable=True
            )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_column("credentials_at")
