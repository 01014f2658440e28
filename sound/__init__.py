"""Sentences to sound files: recorded pieces, synthesis, WAV checks."""
