"""`invoke review`."""

from pathlib import Path

from chuyendoiso.cli.command_line import REVIEW, ROOT, Context, build_site, command, parse_address_option
from chuyendoiso.system.errors import WrongUse


@command(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang đã đăng từ máy này",
        "against": "thư mục của trang đã đăng, nếu đăng từ nơi khác",
        "built": "thư mục của trang hoặc bản xem trước vừa dựng, để khỏi dựng lần nữa; duyet.html được ghi vào đó",
        "address": "địa chỉ của bản xem trước ấy, khi đặt ở nơi khác site.yml ghi",
    }
)
def review(
    c: Context, content: str = "content", output: str = "output", against: str = "", built: str = "", address: str = ""
) -> None:
    """Cho biết đăng bây giờ thì bài nào mới, sửa, gỡ, đổi địa chỉ, và mỗi bài sẽ hiện ra sao."""
    from chuyendoiso.authoring.publication_review import write_review
    from chuyendoiso.release.store import published_folders

    if address and not built:
        raise WrongUse("--address chỉ dùng cùng --built: địa chỉ của trang thật nằm trong site.yml.")
    preview_address = parse_address_option(address)
    if built:
        site, page = Path(built), Path(built) / "duyet.html"
        if not site.is_dir():
            raise WrongUse(f"Không có thư mục {built}. Cách sửa: dựng trước bằng invoke build --preview --output {built}.")
    else:
        REVIEW.mkdir(exist_ok=True)
        site, page = REVIEW / "output", REVIEW / "review.html"
        build_site("pelicanconf.py", content, str(site), QUIET=True, RECORDS=True)
    published = Path(against) if against else next(reversed(published_folders(Path(output).absolute())), None)
    print(write_review(Path(content).resolve(), ROOT / "theme", site, published, page, preview_address))
