"""A Word file → a content file in draft: read strictly, converted by pandoc, and told line by line where someone must look again."""
