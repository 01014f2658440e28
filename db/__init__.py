"""The city's records: models, migrations, spool, rules of appeals, notices and callbacks."""
