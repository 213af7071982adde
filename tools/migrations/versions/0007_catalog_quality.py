"""Pipelines and their events as evidence of lineage; certification, quality checks, profiles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset_profiles",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("asset_id", sa.String(length=40), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("profiled_by", sa.String(length=200), nullable=False),
        sa.Column("at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["assets.id"], name=op.f("fk_asset_profiles_asset_id_assets")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_asset_profiles_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_profiles")),
    )
    with op.batch_alter_table("asset_profiles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_profiles_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_profiles_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_asset_profiles_source_id"), ["source_id"], unique=False
        )

    op.create_table(
        "lineage_events",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("pipeline_id", sa.String(length=40), nullable=True),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("event_type", sa.String(length=8), nullable=False),
        sa.Column("event_time", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("job_namespace", sa.String(length=200), nullable=False),
        sa.Column("job_name", sa.String(length=300), nullable=False),
        sa.Column("producer", sa.String(length=500), nullable=False),
        sa.Column("parent", sa.JSON(), nullable=True),
        sa.Column("nominal_start", tools.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("nominal_end", tools.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=False),
        sa.Column("received_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pipeline_id"], ["assets.id"], name=op.f("fk_lineage_events_pipeline_id_assets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage_events")),
        sa.UniqueConstraint(
            "run_id",
            "event_type",
            "event_time",
            name=op.f("uq_lineage_events_run_id_event_type_event_time"),
        ),
    )
    with op.batch_alter_table("lineage_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lineage_events_pipeline_id"), ["pipeline_id"], unique=False
        )

    op.create_table(
        "quality_checks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("asset_id", sa.String(length=40), nullable=False),
        sa.Column("column_id", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["assets.id"], name=op.f("fk_quality_checks_asset_id_assets")
        ),
        sa.ForeignKeyConstraint(
            ["column_id"], ["assets.id"], name=op.f("fk_quality_checks_column_id_assets")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_quality_checks_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_checks")),
        sa.UniqueConstraint("asset_id", "name", name=op.f("uq_quality_checks_asset_id_name")),
    )
    with op.batch_alter_table("quality_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_checks_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_quality_checks_column_id"), ["column_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_quality_checks_source_id"), ["source_id"], unique=False
        )

    op.create_table(
        "quality_results",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("check_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("failed_rows", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["quality_checks.id"],
            name=op.f("fk_quality_results_check_id_quality_checks"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_quality_results_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_results")),
    )
    with op.batch_alter_table("quality_results", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_results_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_quality_results_check_id"), ["check_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_quality_results_source_id"), ["source_id"], unique=False
        )

    with op.batch_alter_table("assets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("certification", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("certification_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("certified_by", sa.String(length=200), nullable=True))
        batch_op.add_column(
            sa.Column("certified_at", tools.database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("deprecation_reason", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("deprecated_at", tools.database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("sunset_on", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("successor", sa.String(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_assets_certification"), ["certification"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assets_deprecated_at"), ["deprecated_at"], unique=False
        )

    with op.batch_alter_table("lineage_edges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("event_id", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_lineage_edges_event_id"), ["event_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_lineage_edges_event_id_lineage_events"),
            "lineage_events",
            ["event_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("lineage_edges", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_lineage_edges_event_id_lineage_events"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_lineage_edges_event_id"))
        batch_op.drop_column("event_id")

    with op.batch_alter_table("assets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assets_deprecated_at"))
        batch_op.drop_index(batch_op.f("ix_assets_certification"))
        batch_op.drop_column("successor")
        batch_op.drop_column("sunset_on")
        batch_op.drop_column("deprecated_at")
        batch_op.drop_column("deprecation_reason")
        batch_op.drop_column("certified_at")
        batch_op.drop_column("certified_by")
        batch_op.drop_column("certification_reason")
        batch_op.drop_column("certification")

    with op.batch_alter_table("quality_results", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quality_results_source_id"))
        batch_op.drop_index(batch_op.f("ix_quality_results_check_id"))
        batch_op.drop_index(batch_op.f("ix_quality_results_at"))

    op.drop_table("quality_results")
    with op.batch_alter_table("quality_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quality_checks_source_id"))
        batch_op.drop_index(batch_op.f("ix_quality_checks_column_id"))
        batch_op.drop_index(batch_op.f("ix_quality_checks_asset_id"))

    op.drop_table("quality_checks")
    with op.batch_alter_table("lineage_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lineage_events_pipeline_id"))

    op.drop_table("lineage_events")
    with op.batch_alter_table("asset_profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asset_profiles_source_id"))
        batch_op.drop_index(batch_op.f("ix_asset_profiles_at"))
        batch_op.drop_index(batch_op.f("ix_asset_profiles_asset_id"))

    op.drop_table("asset_profiles")
