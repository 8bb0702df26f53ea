"""One corpus of articles by seed, written the same for this project, for stock Pelican and for Hugo: 12 topics, 60 tags, about 400 words each."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

TOPICS = tuple((f"chu-de-{number}", f"Chủ đề số {number}") for number in range(12))
TAGS = tuple(f"từ khóa {number}" for number in range(60))
NEWEST = datetime(2026, 11, 1, 8, 0)
_SYLLABLES = (
    "chuyển đổi số chính quyền kinh tế xã hội người dân doanh nghiệp dịch vụ công trực tuyến tập huấn kỹ năng cán bộ thôn xóm "
    "tổ công nghệ cộng đồng điện thoại thông minh dữ liệu mở kết nối nền tảng văn bản quyết định kế hoạch nghị quyết hội nghị "
    "điểm cầu phát trực tiếp tài liệu sổ tay hướng dẫn an toàn thông tin mật khẩu giao dịch điện tử chữ ký định danh xác thực "
    "nông thôn y tế giáo dục giao thông môi trường du lịch thương mại thanh toán không dùng tiền mặt"
).split()


@dataclass(frozen=True)
class Article:
    """One article; `number` 0 is the newest."""

    number: int
    title: str
    date: datetime
    topic: int
    tags: tuple[str, ...]
    summary: str
    body: str
    picture: int | None = None  # its cover's number

    @property
    def slug(self) -> str:
        """Return its file's name without the ending."""
        return f"bai-{self.number:05}"


def articles(count: int, seed: int = 1, pictures: int = 0) -> Iterator[Article]:
    """Yield the articles, the newest first; each has one of so many pictures as its cover."""
    chance = random.Random(seed)

    def words(number: int) -> str:
        return " ".join(chance.choices(_SYLLABLES, k=number)).capitalize()

    for number in range(count):
        parts = []
        for paragraph in range(7):
            if paragraph in {2, 5}:
                parts.append(f"## {words(6)}")
            text = f"{words(22)}, **{words(3)}** và [{words(3)}](https://vi.du/{number}). {words(24)}."
            parts.append(text if paragraph != 4 else "\n".join(f"- {words(12)}" for _ in range(4)))
        yield Article(
            number=number,
            title=f"{words(9)} {number}",
            date=NEWEST - timedelta(hours=3 * number),
            topic=chance.randrange(len(TOPICS)),
            tags=tuple(chance.sample(TAGS, 3)),
            summary=f"{words(25)}.",
            body="\n\n".join(parts) + "\n",
            picture=number % pictures if pictures else None,
        )


# ── as each generator wants it ──────────────────────────────────────────────────────────────────────────────────────────

SITE = """\
site: {name: Trang thử, url: "https://trang.thu/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "trang.thu,2026"}
owner: {name: Phòng thử}
audiences: [{id: nguoi-dan, name: Người dân}]
issuers: [{id: phong-thu, name: Phòng thử}]
topics:
"""


def our_file(article: Article, content: Path) -> tuple[Path, str]:
    """Return where an article goes for this project, and its text."""
    header = (
        f'title: "{article.title}"\ndate: {article.date:%Y-%m-%d %H:%M}\nsummary: "{article.summary}"\n'
        f"topic: {TOPICS[article.topic][0]}\ntags: [{', '.join(article.tags)}]"
    )
    if article.picture is not None:
        header += f"\ncover: {{image: /media/anh/{article.picture:05}.jpg, alt: Cánh đồng}}"
    return content / f"tin-tuc/{article.date.year}/{article.slug}.md", f"---\n{header}\n---\n\n{article.body}"


def pelican_file(article: Article, content: Path) -> tuple[Path, str]:
    """Return where an article goes for stock Pelican, and its text."""
    header = (
        f"Title: {article.title}\nDate: {article.date:%Y-%m-%d %H:%M}\nCategory: {TOPICS[article.topic][1]}\n"
        f"Tags: {', '.join(article.tags)}\nSlug: {article.slug}\nSummary: {article.summary}"
    )
    return content / f"{article.slug}.md", f"{header}\n\n{article.body}"


def full_hugo_file(article: Article, content: Path) -> tuple[Path, str]:
    """Return the same for Hugo, with its month and its cover."""
    path, text = hugo_file(article, content)
    more = f'months: ["{article.date:%Y-%m}"]\n'
    if article.picture is not None:
        more += f'cover: "{article.picture:05}.jpg"\n'
    return path, text.replace("---\n", f"---\n{more}", 1)


def hugo_file(article: Article, content: Path) -> tuple[Path, str]:
    """Return where an article goes for Hugo, and its text."""
    tags = ", ".join(f'"{tag}"' for tag in article.tags)
    header = (
        f'title: "{article.title}"\ndate: {article.date:%Y-%m-%dT%H:%M:%S}+07:00\ncategories: ["{TOPICS[article.topic][1]}"]\n'
        f'tags: [{tags}]\nsummary: "{article.summary}"'
    )
    return content / f"posts/{article.slug}.md", f"---\n{header}\n---\n\n{article.body}"


Form = Callable[[Article, Path], tuple[Path, str]]


def write_corpus(content: Path, form: Form, count: int, seed: int = 1, pictures: int = 0) -> None:
    """Write the corpus into a new folder; `form` is one of those above."""
    for article in articles(count, seed, pictures):
        path, text = form(article, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if form is our_file:
        topics = "".join(f"  - {{slug: {slug}, name: {name}}}\n" for slug, name in TOPICS)
        (content / "site.yml").write_text(SITE + topics, "utf-8")
