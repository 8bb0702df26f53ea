"""Import a Word file as a draft content file."""
