"""Tools for editors: check, new, fix, withdraw, review, preview, import."""
