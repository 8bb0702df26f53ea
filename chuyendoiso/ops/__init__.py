"""What lets others trust the site: backups that are tried, where a release comes from, what it is made of, and who signed for it.

Jobs apart: nothing of a build knows of them, and they read what git and the releases say.
"""
