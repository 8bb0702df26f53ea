"""A release: one complete output tree, made aside and swapped in. Knows files, not what they mean."""
