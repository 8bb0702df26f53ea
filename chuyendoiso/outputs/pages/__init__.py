"""What each page shows, as plain values, and the plan of all pages."""
