"""How often understanding is right: ``make eval``. What the numbers say, and what they do not: docs/accuracy.md."""
