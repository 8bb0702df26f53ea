"""Frozen values and the schema: content types, fields, URLs, problems, targets."""
