"""Deploy releases: web server configuration, bundles, targets, channels.

A release itself is never changed.
"""
