"""Values and the schema: content types, fields, the site, problems, planned outputs, Vietnamese text."""
