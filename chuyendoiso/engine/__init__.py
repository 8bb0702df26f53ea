"""Decides which planned outputs must be made, and makes them. Knows nothing of content."""
