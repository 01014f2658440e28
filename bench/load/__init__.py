"""What ``bench/line_load.py`` is made of: citizens who dial, a meter beside them, and what became of their calls."""
