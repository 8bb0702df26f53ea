"""The web editor: Sveltia CMS, and the Git host that it works against."""
