"""A folder of broken sites: what `check` prints for each, whole. To add one: a folder of content files and its expected.txt.

The base's site.yml is used unless the folder has its own, or a file `.without-site`.
"""

import shutil
import time
from pathlib import Path

import pytest
from conftest import SITES, build_site, order, tree

from chuyendoiso.build import pipeline
from chuyendoiso.content.markdown import convert_body
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.system.progress import Progress

CASES = sorted(folder for folder in (SITES / "broken").iterdir() if folder.is_dir())


def content_of(case: Path, folder: Path) -> Path:
    content = folder / "content"
    shutil.copytree(case, content, ignore=shutil.ignore_patterns("expected.txt", ".without-site"))
    if not (content / "site.yml").exists() and not (case / ".without-site").exists():
        shutil.copy(SITES / "base.yml", content / "site.yml")
    return content


def complaint(content: Path, output: Path) -> str:
    try:
        pipeline.read(order(content, output), Progress(quiet=True))
    except ContentRejected as rejected:
        return f"{rejected}\n"
    return "Không có lỗi nào.\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_is_reported_in_full(case, tmp_path):
    assert complaint(content_of(case, tmp_path), tmp_path / "output") == (case / "expected.txt").read_text("utf-8")


def test_links_to_files_outside_are_refused(small_content, output):
    for name, target in (
        ("tin-tuc/2026/ngoai.md", "site.yml"),
        ("media/2026/dung.jpg", "media/2026/ngang.png"),
        ("tap-huan/muc", "media"),
    ):
        (small_content / name).unlink(missing_ok=True)
        (small_content / name).symlink_to(small_content / target)
    reported = "Tệp là liên kết tượng trưng tới nơi khác trên máy. Cách sửa: xóa liên kết, chép tệp thật vào chỗ này. [symlink]"
    assert complaint(small_content, output) == (
        f"content/media/2026/dung.jpg:1: {reported}\ncontent/tap-huan/muc:1: {reported}\ncontent/tin-tuc/2026/ngoai.md:1: {reported}\n"
        "3 lỗi, 0 cảnh báo trong 3 tệp.\n"
    )


def test_a_broken_site_leaves_the_last_release_alone(small_content, output):
    build_site(small_content, output)
    before = (output.readlink(), {path: path.stat().st_mtime_ns for path in output.resolve().rglob("*")})
    (small_content / "tin-tuc/2026/hoi-nghi.md").write_text("hỏng", "utf-8")
    with pytest.raises(ContentRejected):
        build_site(small_content, output)
    assert before == (output.readlink(), {path: path.stat().st_mtime_ns for path in output.resolve().rglob("*")})


@pytest.mark.parametrize("error", [True, False])
def test_a_planners_fault_hides_no_problem_of_the_content(small_content, output, monkeypatch, capsys, error):
    def fault(plan):
        raise RuntimeError("lỗi của phần lập kế hoạch")

    monkeypatch.setattr("chuyendoiso.outputs.plan.Plan.pages", fault)
    article = next(small_content.glob("tin-tuc/*/cho-phien.md"))
    text = article.read_text("utf-8")
    article.write_text(text.replace("title: ", "titel: " if error else f"title: {'Tên dài ' * 20}", 1), "utf-8")
    with pytest.raises(ContentRejected if error else RuntimeError) as raised:
        pipeline.read(order(small_content, output), Progress())
    printed = f"{raised.value}{capsys.readouterr().err}"
    assert ("[unknown-field]" if error else "[long-for-zalo]") in printed


PATHOLOGICAL = {
    "brackets": "[" * 10_000,
    "fences": "```\n" * 10_000,
    "character data": "<![CDATA[" * 5_000,
    "pictures": "![a" * 5_000,
    "quotes": "> " * 3_000 + "a",
    "emphasis": "*a **b " * 8_000,
    "references": "[a]: https://a.vn/\n[a][a] " * 4_000,
    "tags": "<a" * 20_000,
    "lists": "".join(f"{'    ' * depth}- a\n" for depth in range(300)),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_a_pathological_body_is_published_or_refused_by_name_within_seconds(tmp_path, name):
    content = tmp_path / "content"
    article = content / "tin-tuc/2026/bai.md"
    article.parent.mkdir(parents=True)
    (content / "site.yml").write_text((SITES / "base.yml").read_text("utf-8") + "limits: {conversion_seconds: 1}\n", "utf-8")
    header = "---\ntitle: Bài\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\n\n"
    article.write_text(header + PATHOLOGICAL[name] + "\n", "utf-8")
    good = article.with_name("tot.md")
    good.write_text(header + "- Mục [một](bai.md)\n\nĐoạn **hai**.\n", "utf-8")
    before = convert_body("Đoạn **hai**.\n\n- Mục")
    started = time.monotonic()
    reported = complaint(content, tmp_path / "output")
    slow = (
        "content/tin-tuc/2026/bai.md:7: Nội dung bài có chỗ làm máy chuyển sang trang lâu hơn 1 giây. "
        "Cách sửa: tìm chỗ lặp lại rất nhiều ký hiệu như [, `, < và xóa bớt. [conversion-too-slow]\n1 lỗi, 0 cảnh báo trong 1 tệp.\n"
    )
    heavy = slow.replace("lâu hơn 1 giây", "hết bộ nhớ").replace(
        "làm máy chuyển sang trang hết bộ nhớ", "làm máy hết bộ nhớ khi chuyển sang trang"
    )
    assert reported in {slow, heavy.replace("too-slow", "too-heavy"), "Không có lỗi nào.\n"}
    assert time.monotonic() - started < 8
    assert convert_body("Đoạn **hai**.\n\n- Mục") == before


def test_what_is_larger_than_the_limits_is_refused_by_name(small_content, output):
    settings = small_content / "site.yml"
    limits = "limits: {article_bytes: 999, attachment_bytes: 300}\n"
    settings.write_text(settings.read_text("utf-8") + limits, "utf-8")
    assert complaint(small_content, output) == (
        "content/media/van-ban/1-qd.pdf:1: Tệp đính kèm nặng 329 byte, tối đa 300 byte. "
        "Cách sửa: xin nơi ban hành bản nhẹ hơn, hoặc dẫn liên kết tới nơi đăng bản gốc; đừng nén hay chia tệp đã ký số, chữ ký sẽ hỏng. [attachment-too-large]\n"
        "content/tin-tuc/2026/hoi-nghi.md:1: Bài nặng 1 KB, tối đa 999 byte. "
        "Cách sửa: chia thành nhiều bài, hoặc để phần dài trong tệp đính kèm. [article-too-large]\n"
        "2 lỗi, 0 cảnh báo trong 2 tệp.\n"
    )


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("picture_bytes: 20000", "ngang.png:1: Tệp ảnh nặng 26 KB, tối đa 20 KB."),
        ("picture_pixels: 900000", "ngang.png:1: Ảnh có hơn 900.000 điểm ảnh."),
    ],
)
def test_a_picture_larger_than_the_limits_is_refused_by_name(small_content, limit, expected, output):
    settings = small_content / "site.yml"
    settings.write_text(settings.read_text("utf-8") + f"limits: {{{limit}}}\n", "utf-8")
    reported = complaint(small_content, output).splitlines()
    assert (reported[0].partition(" Cách sửa")[0], reported[1:]) == (
        f"content/media/2026/{expected}",
        ["1 lỗi, 0 cảnh báo trong 1 tệp."],
    )


@pytest.mark.parametrize(("link", "page"), [("/van-ban/", "/van-ban/"), ("https://tin.thu-nghiem.vn/", "/")])
def test_a_heading_that_a_page_of_no_article_lacks_is_reported_with_its_line_until_it_is_mended(small_content, link, page, output):
    article = small_content / "tin-tuc/2026/hoi-nghi.md"
    build_site(small_content, output)
    before, text = tree(output), article.read_text("utf-8")
    article.write_text(f"{text}\nXem [đây]({link}#cds--main) và [đây]({link}#khong-co).\n", "utf-8")
    for _ in range(2):
        with pytest.raises(ContentRejected) as rejected:
            build_site(small_content, output)
        assert str(rejected.value) == (
            f'content/tin-tuc/2026/hoi-nghi.md:{len(text.splitlines()) + 2}: Trang "{page}" không có mục "#khong-co" mà liên kết dẫn tới. '
            "Cách sửa: bỏ phần từ dấu # trở đi. [missing-anchor]\n1 lỗi, 0 cảnh báo trong 1 tệp."
        )
        assert tree(output) == before
    article.write_text(article.read_text("utf-8").replace("#khong-co", ""), "utf-8")
    build_site(small_content, output)
    assert tree(output) != before


@pytest.mark.parametrize(
    ("link", "reported"),
    [
        ("https://tin.thu-nghiem.vn/van-ban/", ""),
        ("https://tin.thu-nghiem.vn/", ""),
        ("https://tin.thu-nghiem.vn.khac.vn/khong-co/", ""),
        ("https://tin.thu-nghiem.vn/khong-co/", "/khong-co/"),
        ("https://tin.thu-nghiem.vn/a:khong-co/", "/a:khong-co/"),
        ("https://tin.thu-nghiem.vn/tin-tuc/2026/khong-co", "/tin-tuc/2026/khong-co/"),
    ],
)
def test_a_link_that_spells_out_the_site_is_checked_as_any_other(small_content, link, reported, output):
    article = small_content / "tin-tuc/2026/hoi-nghi.md"
    article.write_text(article.read_text("utf-8") + f"\nXem [đây]({link}).\n", "utf-8")
    line = len(article.read_text("utf-8").splitlines())
    expected = (
        f'content/tin-tuc/2026/hoi-nghi.md:{line}: Liên kết tới địa chỉ "{reported}" không có trên trang. '
        "Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]\n1 lỗi, 0 cảnh báo trong 1 tệp.\n"
    )
    assert complaint(small_content, output) == (expected if reported else "Không có lỗi nào.\n")
