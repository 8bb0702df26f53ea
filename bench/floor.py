"""The least that the pages of a corpus cost with this project's libraries: each article read, converted, rendered and written, on all cores.

Nothing is checked, listed, fed, kept, linked or looked at once more. What a first build takes beyond this is what it promises.
"""

import multiprocessing
import sys
from pathlib import Path

import yaml
from jinja2 import Environment

from chuyendoiso.convert import convert_body

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


def make(file: Path, output: Path) -> None:
    """Make the page of one article."""
    _, head, body = file.read_text("utf-8").split("---\n", 2)
    parts = (part if isinstance(part, str) else "" for part in convert_body(body).parts)
    folder = output / file.stem
    folder.mkdir()
    page = TEMPLATE.render(**yaml.load(head, yaml.CSafeLoader), body="".join(parts))
    (folder / "index.html").write_text(page, "utf-8")


def main() -> None:
    """Make the pages of a content folder in an output folder that is not there yet."""
    content, output = map(Path, sys.argv[1:])
    output.mkdir()
    with multiprocessing.Pool() as pool:
        pool.starmap(make, [(file, output) for file in content.rglob("bai-*.md")], chunksize=50)


if __name__ == "__main__":
    main()
