"""A news-site generator for a public body: Markdown in, a static site out."""
