"""From files to the catalogue: scan, decode, parse, resolve."""
