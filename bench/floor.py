"""The least that the cases cost with this project's libraries, in the simplest loop that does them.

`first`: each article read, converted, rendered and written, on all cores. `again`: each page rendered again from what `keep` kept, on
all cores. `one`: what an edit of a body needs loaded, each file of content and output looked at once, and the one page made. Nothing is checked,
listed, fed, kept, linked or looked at once more: what a build takes beyond this is what it promises.
"""

import multiprocessing
import os
import pickle
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from chuyendoiso.content.markdown import convert_body

TEMPLATE = Environment(autoescape=True).from_string(
    """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{{ title }} – Trang thử</title>
<link rel="stylesheet" href="/css/main.css">
</head>
<body>
<header><a href="/">Trang thử</a></header>
<main>
<article><h1>{{ title }}</h1>
<p><time datetime="{{ date }}">{{ date }}</time> <a href="/chu-de/{{ topic }}/">{{ topic }}</a></p>
<p><strong>{{ summary }}</strong></p>
{{ body|safe }}
<ul>{% for tag in tags %}<li><a href="/tu-khoa/{{ tag }}/">{{ tag }}</a></li>{% endfor %}</ul>
</article>
</main>
<footer>Trang thử</footer>
</body>
</html>
"""
)


# what an edit of a body loads, started as the commands of this project are
LOADED = ("invoke.main", "chuyendoiso.build.pelican.plugin", "chuyendoiso.outputs.plan")

Article = tuple[str, Mapping[str, Any], str]  # the name of its page, its fields, its body


def read(file: Path) -> Article:
    """Read and convert one article."""
    _, head, body = file.read_text("utf-8").split("---\n", 2)
    parts = (part if isinstance(part, str) else "" for part in convert_body(body).parts)
    return file.stem, yaml.load(head, yaml.CSafeLoader), "".join(parts)


def write(article: Article, output: Path) -> None:
    """Write the page of one article."""
    stem, fields, body = article
    folder = output / stem
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(TEMPLATE.render(**fields, body=body), "utf-8")


def make(file: Path, output: Path) -> None:
    """Make the page of one article."""
    write(read(file), output)


def first(content: Path, output: Path) -> None:
    """Make all pages in an output folder that is not there yet."""
    output.mkdir()
    with multiprocessing.Pool() as pool:
        pool.starmap(make, [(file, output) for file in content.rglob("bai-*.md")], chunksize=50)


def kept(output: Path) -> Path:
    """Return where converted articles are kept."""
    return output.with_name("kept.pickle")


def keep(content: Path, output: Path) -> None:
    """Keep all articles converted, for `again`; this is not timed."""
    with multiprocessing.Pool() as pool:
        kept(output).write_bytes(pickle.dumps(pool.map(read, content.rglob("bai-*.md"), chunksize=50)))


def again(content: Path, output: Path) -> None:
    """Make all pages again from the converted articles."""
    articles: list[Article] = pickle.loads(kept(output).read_bytes())
    with multiprocessing.Pool() as pool:
        pool.starmap(write, [(article, output) for article in articles], chunksize=50)


def one(content: Path, output: Path) -> None:
    """Make the page of the newest article again."""
    for module in LOADED:
        import_module(module)

    files = (f"{folder}/{name}" for place in (content, output) for folder, _, names in os.walk(place) for name in names)
    newest = max(files, key=lambda file: os.stat(file).st_mtime_ns)
    make(Path(newest), output)


if __name__ == "__main__":
    {"first": first, "keep": keep, "again": again, "one": one}[sys.argv[1]](*map(Path, sys.argv[2:]))
