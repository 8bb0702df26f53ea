"""From files to the catalogue: scan, decode, front matter, Markdown, permalinks, links, relations, schedule."""
