"""From content to a release: options, fingerprints, scheduler, pipeline."""
