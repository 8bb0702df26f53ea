"""Upload the site to an S3-compatible store with rclone; at no time does a page name a missing object."""
