"""The site put into an S3-compatible store through rclone, so that at no moment a page names what is not there. Knows files, not what they mean."""
