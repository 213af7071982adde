"""Business domains, and which assets lie in one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "domains",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("search_name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("parent_id", sa.String(length=40), nullable=True),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["domains.id"], name=op.f("fk_domains_parent_id_domains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domains")),
        sa.UniqueConstraint("search_name", name=op.f("uq_domains_search_name")),
    )
    with op.batch_alter_table("domains", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_domains_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_domains_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "domain_scopes",
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("schema_name", sa.String(length=200), nullable=False),
        sa.Column("domain_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["domain_id"], ["domains.id"], name=op.f("fk_domain_scopes_domain_id_domains")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_domain_scopes_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("source_id", "schema_name", name=op.f("pk_domain_scopes")),
    )
    with op.batch_alter_table("domain_scopes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_domain_scopes_domain_id"), ["domain_id"], unique=False)

    with op.batch_alter_table("assets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("domain_id", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("domain_own", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_assets_domain_id"), ["domain_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_assets_domain_id_domains"), "domains", ["domain_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("assets", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_assets_domain_id_domains"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_assets_domain_id"))
        batch_op.drop_column("domain_own")
        batch_op.drop_column("domain_id")

    with op.batch_alter_table("domain_scopes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_domain_scopes_domain_id"))

    op.drop_table("domain_scopes")
    with op.batch_alter_table("domains", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_domains_parent_id"))
        batch_op.drop_index(batch_op.f("ix_domains_owner"))

    op.drop_table("domains")
