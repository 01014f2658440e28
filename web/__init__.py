"""The web faces of the hotline."""
