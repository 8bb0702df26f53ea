"""The project's words: values, fields, vocabulary, problems, Vietnamese text, planned outputs. Imports nothing else of the project."""
