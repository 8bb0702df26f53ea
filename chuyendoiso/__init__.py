"""A news-site generator for a public body: typed Markdown in, a complete static site and its feeds out."""
