"""What editors use: check, new files, the web editor, the Word import, the preview, review."""
