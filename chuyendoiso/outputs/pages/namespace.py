"""The page that explains our own fields in feeds, for programmers."""

from html import escape

from chuyendoiso.model import urls
from chuyendoiso.model.feed_fields import FEED_FIELDS, NAMESPACE
from chuyendoiso.model.items import Body
from chuyendoiso.outputs.pages.home import Words, plain
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import PlainPage


def namespace(context: RenderContext) -> PlainPage:
    """Return the page: the namespace, its fields, and the schemas."""
    summary = "Những gì nguồn tin của trang ghi thêm ngoài RSS, Atom và JSON Feed, dành cho người viết phần mềm."
    words = Words(urls.NAMESPACE_PAGE, "Trường riêng trong nguồn tin", summary)
    return plain(context, words, Body((_fields(context),), "", ()), ())


def _fields(context: RenderContext) -> str:
    schemas = (("Lược đồ của danh mục", urls.MANIFEST_SCHEMA), ("Lược đồ của một mục", urls.RECORD_SCHEMA))
    links = "".join(f'<li><a href="{escape(context.site.href(path))}">{words} (JSON Schema)</a></li>' for words, path in schemas)
    return (
        f"<p>Trong RSS và Atom, không gian tên là <code>{NAMESPACE}</code> (tiền tố <code>cds</code>); trong JSON Feed, "
        "các trường nằm trong đối tượng <code>_chuyendoiso</code>. Tên và nghĩa của các trường không đổi; trường mới có thể thêm vào.</p>"
        f"{''.join(map(_section, dict.fromkeys(one.owner for one in FEED_FIELDS)))}"
        "<h2>Danh mục và lược đồ</h2><p>Trang còn có danh mục mọi mục và một tệp JSON cạnh mỗi mục:</p>"
        f"<ul>{links}</ul>"
    )


def _section(owner: str) -> str:
    """Return the fields of one kind of item as a list, which fits a phone."""
    terms = (f"<dt><code>{escape(one.name)}</code></dt><dd>{escape(one.meaning)}</dd>" for one in FEED_FIELDS if one.owner == owner)
    return f"<h2>Của {owner}</h2><dl>{''.join(terms)}</dl>"
