"""Options, fingerprints, scheduler, pipeline: from content to a release. Only `pelican/` knows Pelican."""
