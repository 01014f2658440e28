"""The pages, one file each. A view parses, calls the rules of the records and renders; it writes no SQL."""
