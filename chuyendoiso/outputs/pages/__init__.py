"""The view of each page, as plain values, and the plan of all pages."""
