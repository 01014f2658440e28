"""The telephone calls themselves, as pure Python: no clock, no random, no database, no framework."""
