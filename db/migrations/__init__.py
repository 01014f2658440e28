"""Alembic's folder: every change of the tables, oldest first."""
