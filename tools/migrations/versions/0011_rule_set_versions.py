"""Versions of rule sets; what is saved already becomes its present version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scan_rule_set_versions",
        sa.Column("rule_set_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_set_id"],
            ["scan_rule_sets.id"],
            name=op.f("fk_scan_rule_set_versions_rule_set_id_scan_rule_sets"),
        ),
        sa.PrimaryKeyConstraint("rule_set_id", "version", name=op.f("pk_scan_rule_set_versions")),
    )
    with op.batch_alter_table("scan_rule_sets", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("description", sa.String(length=2000), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute(
        "INSERT INTO scan_rule_set_versions (rule_set_id, version, name, description, definition, "
        "note, created_by, created_at) SELECT id, version, name, '', definition, '', "
        "CASE WHEN builtin THEN 'Racine' ELSE '' END, created_at FROM scan_rule_sets"
    )


def downgrade() -> None:
    with op.batch_alter_table("scan_rule_sets", schema=None) as batch_op:
        batch_op.drop_column("retired")
        batch_op.drop_column("description")
    op.drop_table("scan_rule_set_versions")
