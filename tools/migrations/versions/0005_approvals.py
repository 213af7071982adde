"""Approvals: rules, standing policies, decisions; plans know who has to agree and their budget."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
# A plan from before has to be proposed again.
UNKNOWN = '{"doings": [], "needs": []}'


def upgrade() -> None:
    op.create_table(
        "approval_rules",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=True),
        sa.Column("requester_role", sa.String(length=60), nullable=True),
        sa.Column("more_than", sa.Integer(), nullable=True),
        sa.Column("approvers", sa.JSON(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("second_person", sa.Boolean(), nullable=False),
        sa.Column("escalate_after", sa.Double(), nullable=True),
        sa.Column("escalate_to", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rules")),
        sa.UniqueConstraint("name", name=op.f("uq_approval_rules_name")),
    )
    op.create_table(
        "standing_policies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=True),
        sa.Column("requesters", sa.JSON(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("signed_by_id", sa.String(length=40), nullable=False),
        sa.Column("signed_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", tools.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["users.id"], name=op.f("fk_standing_policies_signed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_policies")),
        sa.UniqueConstraint("name", name=op.f("uq_standing_policies_name")),
    )
    op.create_table(
        "plan_decisions",
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("decided_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.id"],
            name=op.f("fk_plan_decisions_plan_id_plans"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "user_id", name=op.f("pk_plan_decisions")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("budget", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(
            sa.Column("approval", sa.JSON(), server_default=UNKNOWN, nullable=False)
        )
        batch_op.add_column(sa.Column("effects", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("policy", sa.String(length=120), nullable=True))
        batch_op.create_index(batch_op.f("ix_plans_policy"), ["policy"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plans_policy"))
        batch_op.drop_column("policy")
        batch_op.drop_column("effects")
        batch_op.drop_column("approval")
        batch_op.drop_column("budget")

    op.drop_table("plan_decisions")
    op.drop_table("standing_policies")
    op.drop_table("approval_rules")
