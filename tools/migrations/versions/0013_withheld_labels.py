"""Labels that scans withhold because of what people decided on like columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withheld_labels",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("asset_id", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("decision_id", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["assets.id"], name=op.f("fk_withheld_labels_asset_id_assets")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_withheld_labels_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_labels")),
        sa.UniqueConstraint("asset_id", "label", name=op.f("uq_withheld_labels_asset_id_label")),
    )
    with op.batch_alter_table("withheld_labels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withheld_labels_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_withheld_labels_decision_id"), ["decision_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_withheld_labels_source_id"), ["source_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("withheld_labels")
