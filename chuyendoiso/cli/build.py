"""`invoke build`."""

from chuyendoiso.cli.command_line import Context, build_site, command, parse_address_option
from chuyendoiso.system.errors import WrongUse


@command(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
        "preview": "hiện cả bản nháp và bài hẹn giờ",
        "address": "địa chỉ của bản xem trước, khi đặt ở nơi khác site.yml ghi",
        "quiet": "không in gì",
        "allow-shrink": "chấp nhận bản mới nhỏ hơn hẳn bản đã đăng",
        "wait": "số giây đợi một lần dựng khác xong",
        "explain": "nói vì sao tạo lại từng tệp",
    }
)
def build(
    c: Context,
    content: str = "content",
    output: str = "output",
    preview: bool = False,
    address: str = "",
    quiet: bool = False,
    allow_shrink: bool = False,
    wait: int = 0,
    explain: bool = False,
) -> None:
    """Kiểm tra nội dung rồi dựng trang vào output/."""
    if address and not preview:
        raise WrongUse("--address chỉ dùng cùng --preview: địa chỉ của trang thật nằm trong site.yml.")
    preview_address = parse_address_option(address)
    build_site(
        "pelicanconf.py",
        content,
        output,
        PREVIEW=preview,
        ADDRESS=preview_address,
        QUIET=quiet,
        ALLOW_SHRINK=allow_shrink,
        WAIT=wait,
        EXPLAIN=explain,
    )
