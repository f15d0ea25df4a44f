"""An event may carry a logo"""

import sqlalchemy as sa  # noqa: F401 - used once the body is written
from alembic import op  # noqa: F401 - as above

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this change needs."""


def downgrade() -> None:
    """Take it away again."""
