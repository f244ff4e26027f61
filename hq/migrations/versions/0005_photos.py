"""Photos of what stayed at a store when an order was handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; what was there stays as it is."""
    op.create_table(
        "photos",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "order_number", "attempt_id", name=op.f("pk_photos")),
    )
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.create_index(
            "ix_photos_kept",
            ["received_at"],
            unique=False,
            sqlite_where=sa.text("jpeg IS NOT NULL"),
            postgresql_where=sa.text("jpeg IS NOT NULL"),
        )


def downgrade() -> None:
    """Refuse: going back would throw data away."""
    raise NotImplementedError("restore a backup of the release before instead")
