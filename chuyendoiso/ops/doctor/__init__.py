"""Check the live site from outside: what is wrong, and how to repair it.

`read_` requests or reads something, `check_` yields findings. Nothing of a build imports this package.
"""
