"""A release: a complete tree, made in staging, verified, swapped in."""
