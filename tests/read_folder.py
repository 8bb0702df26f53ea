"""A content folder that a test reads as a build does, in one process."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from bad_content import write_content

from chuyendoiso.build.file_cache import FileCache
from chuyendoiso.build.loading import check_files, measure_media, read_settings, save_file_cache
from chuyendoiso.content.catalogue import CachedItem
from chuyendoiso.content.scan import scan_content
from chuyendoiso.model.limits import Limits
from chuyendoiso.system.cache import Cache
from chuyendoiso.system.progress import Progress
from chuyendoiso.system.workers import Workers

LATER = 2**62  # nanoseconds: after every stamp of a file


class Scripted(Workers):
    """Workers that do each task in this process; a task of a function in `results` has that result."""

    def __init__(self, results):
        super().__init__(0)
        self.results = results

    def map(self, function, tasks, seconds, heavy=None, after=None):
        for task in tasks:
            yield self.results[function.__name__] if function.__name__ in self.results else function(task)


@dataclass
class Folder:
    """A content folder that is read again and again, in one process."""

    content: Path
    now: int = LATER
    limits: Limits = field(default_factory=Limits)
    results: dict = field(default_factory=dict)

    def __post_init__(self):
        self.cache = Cache(self.content.parent / "cache.sqlite")

    def put(self, name, data):
        write_content(self.content.parent, {name: data})

    def read(self, **settings):
        """Read the folder as a build does; return what was read, media, problems, and the numbers of files at each step."""
        tree, problems, steps = scan_content(self.content), [], io.StringIO()
        file_cache, progress = FileCache(self.cache, "version", "converter", now=self.now), Progress(steps)
        site = read_settings(tree, problems, publishing=False, **settings)
        with Scripted(self.results) as workers:
            files = check_files(tree, site, problems, progress, workers, file_cache)
            media, measured = measure_media(tree, files, problems, progress, workers, file_cache, self.limits)
        save_file_cache(file_cache, files, measured, {file.name: CachedItem(None, file.name, ()) for file in files.files})
        numbers = [int(line.rpartition(" ")[2]) for line in steps.getvalue().splitlines()]
        return files, media, [str(problem).removeprefix("content/") for problem in problems], numbers
