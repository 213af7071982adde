"""Glossary terms, their relations and links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tools.database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glossary_terms",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search_name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("domain", sa.String(length=100), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", tools.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_terms")),
        sa.UniqueConstraint("search_name", name=op.f("uq_glossary_terms_search_name")),
    )
    with op.batch_alter_table("glossary_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glossary_terms_domain"), ["domain"], unique=False)
        batch_op.create_index(batch_op.f("ix_glossary_terms_status"), ["status"], unique=False)

    op.create_table(
        "glossary_relations",
        sa.Column("term_id", sa.String(length=40), nullable=False),
        sa.Column("other_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["glossary_terms.id"],
            name=op.f("fk_glossary_relations_other_id_glossary_terms"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["glossary_terms.id"],
            name=op.f("fk_glossary_relations_term_id_glossary_terms"),
        ),
        sa.PrimaryKeyConstraint("term_id", "other_id", name=op.f("pk_glossary_relations")),
    )
    with op.batch_alter_table("glossary_relations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_glossary_relations_other_id"), ["other_id"], unique=False
        )

    op.create_table(
        "glossary_links",
        sa.Column("term_id", sa.String(length=40), nullable=False),
        sa.Column("asset_id", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["assets.id"], name=op.f("fk_glossary_links_asset_id_assets")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_glossary_links_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["glossary_terms.id"],
            name=op.f("fk_glossary_links_term_id_glossary_terms"),
        ),
        sa.PrimaryKeyConstraint("term_id", "asset_id", name=op.f("pk_glossary_links")),
    )
    with op.batch_alter_table("glossary_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glossary_links_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_glossary_links_source_id"), ["source_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("glossary_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_glossary_links_source_id"))
        batch_op.drop_index(batch_op.f("ix_glossary_links_asset_id"))

    op.drop_table("glossary_links")
    with op.batch_alter_table("glossary_relations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_glossary_relations_other_id"))

    op.drop_table("glossary_relations")
    with op.batch_alter_table("glossary_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_glossary_terms_status"))
        batch_op.drop_index(batch_op.f("ix_glossary_terms_domain"))

    op.drop_table("glossary_terms")
