"""People hold offices, and two entries may be one person"""

import sqlalchemy as sa  # noqa: F401 - used once the body is written
from alembic import op  # noqa: F401 - as above

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this change needs."""


def downgrade() -> None:
    """Take it away again."""
