"""Channels that the site fills: a folder for each."""
