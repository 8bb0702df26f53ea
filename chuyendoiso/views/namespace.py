"""The page that explains the namespace of our own fields in feeds, for whoever writes a program that reads them."""

from html import escape

from chuyendoiso.domain import paths
from chuyendoiso.domain.feed_fields import FEED_FIELDS, NAMESPACE
from chuyendoiso.domain.model import Body
from chuyendoiso.domain.output import Call
from chuyendoiso.views.frame import Frame
from chuyendoiso.views.home import Words, plain
from chuyendoiso.views.model import Plain


def plan_namespace(frame: Frame) -> Call:
    """Plan the page."""
    return Call(namespace, (frame,))


def namespace(frame: Frame) -> Plain:
    """Return the page: what the namespace is called, its fields, and where the schemas are."""
    summary = "Những gì nguồn tin của trang ghi thêm ngoài RSS, Atom và JSON Feed, dành cho người viết phần mềm."
    words = Words(paths.NAMESPACE_PAGE, "Trường riêng trong nguồn tin", summary)
    return plain(frame, words, Body((_table(frame),), "", ()), ())


def _table(frame: Frame) -> str:
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(one.name)}</code></th><td>{escape(one.owner)}</td><td>{escape(one.meaning)}</td></tr>'
        for one in FEED_FIELDS
    )
    head = '<thead><tr><th scope="col">Trường</th><th scope="col">Của</th><th scope="col">Là gì</th></tr></thead>'
    schemas = (("Lược đồ của danh mục", paths.MANIFEST_SCHEMA), ("Lược đồ của một mục", paths.RECORD_SCHEMA))
    links = "".join(f'<li><a href="{escape(frame.site.href(path))}">{words} (JSON Schema)</a></li>' for words, path in schemas)
    return (
        f"<p>Trong RSS và Atom, không gian tên là <code>{NAMESPACE}</code> (tiền tố <code>cds</code>); trong JSON Feed, "
        "các trường nằm trong đối tượng <code>_chuyendoiso</code>. Tên và nghĩa của các trường không đổi; trường mới có thể thêm vào.</p>"
        f"<table>{head}<tbody>{rows}</tbody></table>"
        "<p>Trang còn có danh mục mọi mục và một tệp JSON cạnh mỗi mục:</p>"
        f"<ul>{links}</ul>"
    )
