"""The commands of `invoke`: one module each. `tasks.py` at the top lists them."""
