"""Services outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "services",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("base", sa.String(length=500), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=True),
        sa.Column("header", sa.String(length=60), nullable=False),
        sa.Column("sealed_token", sa.String(), nullable=True),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("synced_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("group", name=op.f("uq_services_group")),
        sa.UniqueConstraint("name", name=op.f("uq_services_name")),
    )


def downgrade() -> None:
    op.drop_table("services")
