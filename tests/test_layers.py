"""Rules of the layers that import-linter cannot say."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HARMLESS = {"Session", "StaleDataError"}
"""The name of a parameter's type, and the word for two people on one card."""


@pytest.mark.parametrize("layer", ["agi", "web", "transcribe"])
def test_views_and_lines_write_no_sql(layer: str):
    files = list((ROOT / layer).rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                assert {name.name for name in node.names} <= HARMLESS, file
            if isinstance(node, ast.Import):
                assert not any(name.name.startswith("sqlalchemy") for name in node.names), file
