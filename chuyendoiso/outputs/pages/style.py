"""What a preview alone has: every component of the theme as its examples show it, and what the Zalo channel would show."""

from chuyendoiso.model import urls
from chuyendoiso.outputs.pages.frame import QR, SEARCH_WORKER, Frame
from chuyendoiso.outputs.pages.model import Head, StylePage


def style_page(frame: Frame, components: tuple[str, ...]) -> StylePage:
    """Return the style page; `components` are the names of those that have examples."""
    site = frame.site
    return StylePage(
        head=Head(
            title="Các thành phần của trang",
            description="Mọi thành phần của giao diện, mỗi thành phần với các ví dụ.",
            canonical=site.absolute(urls.STYLE),
            indexed=False,
            sheet="style",
            section=site.href(urls.SEARCH),  # so that the masthead leaves its search to the example
            modules=frame.scripts(*components),
        ),
        title="Các thành phần của trang",
        intro="Chỉ có trong bản xem trước. Chữ và số ở đây là minh họa.",
        components=components,
        qr=frame.script(QR),
        search_worker=frame.script(SEARCH_WORKER),
    )


def zalo_preview(frame: Frame) -> StylePage:
    """Return the page that shows what the Zalo channel would be sent; its script reads the files themselves."""
    site = frame.site
    return StylePage(
        head=Head(
            title="Xem trước kênh Zalo",
            description="Mỗi bài như kênh Zalo sẽ hiện.",
            canonical=site.absolute(urls.ZALO_PREVIEW),
            indexed=False,
            sheet="style",
            section=site.href(urls.HOME),
            modules=frame.scripts("zalo-preview"),
        ),
        title="Xem trước kênh Zalo",
        intro="Mỗi bài như kênh sẽ hiện: ảnh bìa, tên, tóm tắt; mở ra để xem cả bài. Bài hẹn giờ và bản nháp không có ở đây vì chưa được gửi.",
        components=(),
        qr=None,
        search_worker=None,
    )
