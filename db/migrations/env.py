"""What Alembic runs before a migration; the connection comes from :mod:`db.migrate`."""

from alembic import context

import db.draft_tables
import db.live_tables
import db.street_tables  # noqa: F401 - tables beside db.models join the metadata
from db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
)
with context.begin_transaction():
    context.run_migrations()
