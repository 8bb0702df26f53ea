"""Adapters to the machine: files, processes, the cache, HTTP, git, a terminal."""
