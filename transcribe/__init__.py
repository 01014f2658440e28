"""Sound to words: recognisers and their worker."""
