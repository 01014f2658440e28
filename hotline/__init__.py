"""Settings, wiring, processes, command line: the only place where objects meet."""
