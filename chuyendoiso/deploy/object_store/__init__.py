"""Upload the site to an S3-compatible store with rclone.

At no time does a page name a missing object.
"""
