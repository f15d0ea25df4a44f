"""Letters signed by several; the documents library"""

import sqlalchemy as sa  # noqa: F401 - used once the body is written
from alembic import op  # noqa: F401 - as above

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this change needs."""


def downgrade() -> None:
    """Take it away again."""
