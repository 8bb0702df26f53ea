"""The plan of all files of the site, and pure functions that make them."""
