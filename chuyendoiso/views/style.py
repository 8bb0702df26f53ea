"""The style page of a preview: every component of the theme as its examples show it."""

from chuyendoiso.domain import paths
from chuyendoiso.views.frame import QR, Frame
from chuyendoiso.views.model import Head, StylePage


def style_page(frame: Frame, components: tuple[str, ...]) -> StylePage:
    """Return the style page; `components` are the names of those that have examples."""
    site = frame.site
    return StylePage(
        head=Head(
            title="Các thành phần của trang",
            description="Mọi thành phần của giao diện, mỗi thành phần với các ví dụ.",
            canonical=site.absolute(paths.STYLE),
            indexed=False,
            sheet="style",
            section=site.href(paths.SEARCH),  # so that the masthead leaves its search to the example
            modules=frame.scripts(*components),
        ),
        title="Các thành phần của trang",
        intro="Chỉ có trong bản xem trước. Chữ và số ở đây là minh họa.",
        components=components,
        qr=next(iter(frame.scripts(QR)), None),
    )
