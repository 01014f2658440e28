"""The processes of the hotline, one module each; the supervisor starts them through ``hotline serve <name>``."""
