"""`invoke bench`."""

import sys

from chuyendoiso.cli.command_line import Context, command


@command(
    help={
        "articles": "số bài với giao diện trơn, cách nhau bằng dấu phẩy",
        "real": "số bài với giao diện thật, cách nhau bằng dấu phẩy",
        "repeats": "số lần mỗi việc",
        "photos": "số ảnh mỗi cỡ",
    }
)
def bench(c: Context, articles: str = "1000,10000", real: str = "1000,3000", repeats: int = 2, photos: int = 20) -> None:
    """Đo tốc độ so với Pelican nguyên bản và Hugo (có Pagefind), in bảng của docs/performance.md."""
    counts = f"--articles {articles.replace(',', ' ')} --real {real.replace(',', ' ')}"
    c.run(f"{sys.executable} -m bench.run {counts} --repeats {repeats} --photos {photos}")
