"""Scans: how far each has come, table by table; schedules of scans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "scan_runs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("rule_set_id", sa.String(length=40), nullable=False),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=False),
        sa.Column("incremental", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("control", sa.String(length=8), nullable=True),
        sa.Column("holder", sa.String(length=40), nullable=True),
        sa.Column("execution_id", sa.String(length=40), nullable=True),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("started_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("beat_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_set_id"],
            ["scan_rule_sets.id"],
            name=op.f("fk_scan_runs_rule_set_id_scan_rule_sets"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_scan_runs_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_scan_runs_key")),
    )
    with op.batch_alter_table("scan_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_runs_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_runs_status"), ["status"], unique=False)

    op.create_table(
        "scan_tables",
        sa.Column("scan_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.String(length=40), nullable=False),
        sa.Column("table", sa.String(length=600), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("columns", sa.Integer(), nullable=False),
        sa.Column("values_sampled", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=200), nullable=True),
        sa.Column("detections", sa.JSON(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("finished_at", tools.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_scan_tables_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("scan_id", "position", name=op.f("pk_scan_tables")),
    )
    with op.batch_alter_table("scan_tables", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_tables_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_tables_source_id"), ["source_id"], unique=False)

    op.create_table(
        "scan_schedules",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("workflow_id", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["schedules.id"],
            name=op.f("fk_scan_schedules_id_schedules"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_scan_schedules_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_schedules")),
    )
    with op.batch_alter_table("scan_schedules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scan_schedules_source_id"), ["source_id"], unique=False
        )

    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.alter_column(
            "status",
            existing_type=sa.VARCHAR(length=12),
            type_=sa.String(length=30),
            existing_nullable=False,
        )


def downgrade() -> None:

    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.alter_column(
            "status",
            existing_type=sa.String(length=30),
            type_=sa.VARCHAR(length=12),
            existing_nullable=False,
        )

    with op.batch_alter_table("scan_schedules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_schedules_source_id"))

    op.drop_table("scan_schedules")
    with op.batch_alter_table("scan_tables", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_tables_source_id"))
        batch_op.drop_index(batch_op.f("ix_scan_tables_asset_id"))

    op.drop_table("scan_tables")
    with op.batch_alter_table("scan_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_runs_status"))
        batch_op.drop_index(batch_op.f("ix_scan_runs_source_id"))

    op.drop_table("scan_runs")
