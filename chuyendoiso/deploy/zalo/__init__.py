"""Publish the site's articles on the Zalo channel, by the article API."""
