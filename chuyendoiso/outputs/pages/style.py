"""Pages of a preview alone: components with their examples, and channel previews."""

from chuyendoiso.model import urls
from chuyendoiso.outputs.channels.channel import PreviewWords
from chuyendoiso.outputs.pages.render_context import QR, SEARCH_WORKER, RenderContext
from chuyendoiso.outputs.pages.views import Head, StylePage


def style_page(context: RenderContext, components: tuple[str, ...]) -> StylePage:
    """Return the style page; `components` are the names of components with examples."""
    site = context.site
    return StylePage(
        head=Head(
            title="Các thành phần của trang",
            description="Mọi thành phần của giao diện, mỗi thành phần với các ví dụ.",
            canonical=site.absolute(urls.STYLE),
            indexed=False,
            sheet="style",
            section=site.href(urls.SEARCH),  # so that the masthead leaves its search to the example
            modules=context.scripts(*components),
        ),
        title="Các thành phần của trang",
        intro="Chỉ có trong bản xem trước. Chữ và số ở đây là minh họa.",
        components=components,
        qr=context.script(QR),
        search_worker=context.script(SEARCH_WORKER),
    )


def channel_preview(context: RenderContext, id_: str, name: str, words: PreviewWords) -> StylePage:
    """Return the preview of a channel; its script reads the channel's files."""
    title = f"Xem trước kênh {name}"
    return StylePage(
        head=Head(
            title=title,
            description=words.description,
            canonical=context.site.absolute(urls.channel_preview(id_)),
            indexed=False,
            sheet="style",
            section=context.site.href(urls.HOME),
            modules=context.scripts(f"{id_}-preview"),
        ),
        title=title,
        intro=words.intro,
        components=(),
        qr=None,
        search_worker=None,
    )
