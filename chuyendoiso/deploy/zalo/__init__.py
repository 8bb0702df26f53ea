"""Publish the site's articles on the Zalo channel, by its article interface."""
