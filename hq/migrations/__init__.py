"""The steps of HQ's schema, run by Alembic at the start."""
