"""The small site, page by page and state by state; and that what has not changed is not touched."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import NOW, ROOT, SITES, build_site, order, tree
from lxml import html
from PIL import Image

import chuyendoiso.outputs.pages.templates
from chuyendoiso.build import pipeline
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.model.target import Target
from chuyendoiso.outputs.assets import read_modules
from chuyendoiso.outputs.pages.templates import PageInputs
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress


def text_of(output: Path, page: str) -> str:
    return " ".join(html.fromstring((output / page).read_text("utf-8")).find(".//main").text_content().split())


def listing(output: Path) -> dict[str, tuple[int, bytes]]:
    folder = output.resolve()
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def feed_items(output: Path, feed: str = "tat-ca") -> list[dict]:
    return json.loads((output / f"feeds/{feed}/feed.json").read_text("utf-8"))["items"]


def ids(output: Path, feed: str = "tat-ca") -> list[str]:
    return [item["id"] for item in feed_items(output, feed)]


def test_every_file_is_counted_in_its_state(tmp_path):
    result = build_site(SITES / "small", tmp_path / "first")
    assert dict(result.site_plan.states) == {"published": 11, "draft": 1, "scheduled": 1, "withdrawn": 1}
    assert (result.pages, result.feeds, result.changed) == (58, 25, True)


def test_drafts_and_scheduled_items_are_nowhere(small):
    titles = ("Bản nháp".encode(), "Bài này lên vào ngày 20 tháng 12".encode())
    assert [path for path, (_, data) in listing(small).items() if any(title in data for title in titles)] == []


def test_a_link_to_what_is_not_live_keeps_its_words_alone(small):
    page = (small / "tin-tuc/2026/hoi-nghi/index.html").read_text("utf-8")
    assert "Bài hẹn giờ <a>chưa lên</a> thì chỉ là chữ." in page


def test_a_withdrawn_item_says_so_and_leaves_the_lists(small):
    page = text_of(small, "tin-tuc/2026/da-go/index.html")
    assert "Thông tin không còn đúng." in page
    assert "Nội dung cũ" not in page
    assert "Bài đã gỡ" not in text_of(small, "tin-tuc/index.html")
    assert "tag:tin.thu-nghiem.vn,2026:/tin-tuc/2026/da-go/" not in ids(small)


def test_an_alias_leads_on_and_makes_the_id(small):
    page = (small / "tin-tuc/2026/hoi-nghi-cu/index.html").read_text("utf-8")
    assert 'href="/tin-tuc/2026/hoi-nghi/"' in page
    assert ids(small)[0] == "tag:tin.thu-nghiem.vn,2026:/tin-tuc/2026/hoi-nghi-cu/"


def test_relations_are_on_both_sides(small):
    amended = text_of(small, "van-ban/1-qd-ubnd/index.html")
    assert "Được sửa đổi, bổ sung bởi" in amended
    assert "2/QĐ-UBND" in amended
    assert "Hết hiệu lực một phần" in amended
    amending = text_of(small, "van-ban/2-qd-ubnd/index.html")
    assert "9/QĐ-UBND, Ủy ban nhân dân, 03/02/2020" in amending
    assert "Còn hiệu lực" in amending
    assert "hiệu lực" not in text_of(small, "van-ban/3-nq-tu/index.html").lower()


def test_a_pinned_article_leads_the_home_page(small):
    tree = html.fromstring((small / "index.html").read_text("utf-8"))
    links = [link for link in tree.xpath("//main//a/@href") if link.startswith("/tin-tuc/2026/")]
    assert links[0] == "/tin-tuc/2026/hoi-nghi/"


def test_hostile_text_is_text(small):
    assert "<xã Thử>" not in (small / "tin-tuc/2026/hoi-nghi/index.html").read_text("utf-8")
    titles = [node.text for node in ElementTree.parse(small / "feeds/tat-ca/rss.xml").iter("title")]
    assert 'Hội nghị "chuyển đổi số" & người dân <xã Thử>' in titles


def test_a_document_that_words_name_is_linked_while_it_is_there(tmp_path, small_content, output):
    def edit(old: str, new: str, name: str) -> None:
        path = small_content / name
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    def links() -> tuple[list[str], list[str], list[str]]:
        build_site(small_content, output)
        trees = [html.parse(output / f"{path}/index.html") for path in ("tin-tuc/2026/cho-phien", "van-ban/2-qd-ubnd")]
        in_body, _ = (tree.xpath("//div[@class='cds-body']//a[contains(@href, '/van-ban/')]/@href") for tree in trees)
        return in_body, trees[0].xpath("//*[@id='cds--cited']/..//a/@href"), trees[1].xpath("//*[@id='cds--citing']/..//a/@href")

    edit("\n---\n\n", "\n---\n\nTheo Quyết định 2/QĐ-UBND và 2/QĐ-UBND, 77/QĐ-UBND.\n\n", "tin-tuc/2026/cho-phien.md")
    there = ["/van-ban/2-qd-ubnd/"]
    assert links() == (there, there, ["/tin-tuc/2026/cho-phien/"])
    edit("\n---\n", "\nstatus: draft\n---\n", "van-ban/2-qd-ubnd.md")
    build_site(small_content, output)
    tree = html.parse(tmp_path / "output/tin-tuc/2026/cho-phien/index.html")
    assert tree.xpath("//div[@class='cds-body']//a[@href]/@href") == []
    edit("status: draft\n", "", "van-ban/2-qd-ubnd.md")
    assert links() == (there, there, ["/tin-tuc/2026/cho-phien/"])


def test_a_broadcast_is_in_its_place_with_its_script(small):
    page = html.fromstring((small / "tap-huan/hoi-nghi-thang-12/index.html").read_text("utf-8"))
    words = " ".join(page.find_class("cds-body")[0].text_content().split())
    assert words == (
        "Mời bà con theo dõi. Buổi phát từ hội trường lớn Xem trên phat.thu-nghiem.vn "
        "Khi bạn bấm nút, máy của bạn kết nối tới phat.thu-nghiem.vn, ngoài trang này. Sau buổi họp có bản ghi."
    )
    assert page.xpath("//div[@class='cds-embed']//a/@href") == ["https://phat.thu-nghiem.vn/nhung/1?a=1&b=2"]
    (script,) = (src for src in page.xpath("//script/@src") if "embed" in src)
    shown = next(module for module in read_modules(ROOT / "theme") if module.name == "embed")
    assert (small / script.removeprefix("/")).read_text("utf-8") == shown.text
    (entry,) = (one for one in feed_items(small) if one["url"].endswith("/hoi-nghi-thang-12/"))
    assert (
        '<p><a href="https://phat.thu-nghiem.vn/nhung/1?a=1&amp;b=2">Buổi phát từ hội trường lớn</a></p>' in entry["content_html"]
    )


@pytest.mark.parametrize("link", ["dich.md", "/tin-tuc/2026/dich/", "https://tin.thu-nghiem.vn/tin-tuc/2026/dich/"])
def test_a_link_to_a_heading_of_what_was_withdrawn_leads_to_its_notice(tmp_path, small_content, link, output):
    target = small_content / "tin-tuc/2026/dich.md"
    text = (small_content / "tin-tuc/2026/cho-phien.md").read_text("utf-8")
    target.write_text(f"{text}\n\n## Mục\n\nĐoạn.\n", "utf-8")
    (small_content / "tin-tuc/2026/cho-phien.md").write_text(f"{text}\n\n[Tới mục]({link}#muc)\n", "utf-8")
    found = []
    for gone in ("", "status: withdrawn\nwithdrawn_reason: Đăng nhầm.\n"):
        target.write_text(target.read_text("utf-8").replace("---\n", f"---\n{gone}", 1), "utf-8")
        build_site(small_content, output)
        page = html.fromstring((output / "tin-tuc/2026/cho-phien/index.html").read_text("utf-8"))
        found += [one.get("href").rpartition("tin-tuc/2026/")[2] for one in page.iter("a") if one.text == "Tới mục"]
    assert found == ["dich/#muc", "dich/"]
    build_site(small_content, tmp_path / "clean")
    assert tree(output) == tree(tmp_path / "clean")


def test_a_link_to_an_address_keeps_its_query_and_a_former_address_leads_to_the_present_one(tmp_path, small_content, output):
    target, page = small_content / "tin-tuc/2026/dich.md", small_content / "tin-tuc/2026/cho-phien.md"
    text = page.read_text("utf-8")
    target.write_text(text.replace("---\n", "---\naliases: [/cu/]\n", 1) + "\n\n## Mục\n\nĐoạn.\n", "utf-8")
    links = (
        "/tim-kiem/?q=rau",
        "https://tin.thu-nghiem.vn/tim-kiem/?q=rau&loai=news#cds--main",
        "/cu/#muc",
        "https://tin.thu-nghiem.vn/cu#muc",
    )
    page.write_text(text + "".join(f"\n\n[Tới {link}]({link})\n" for link in links), "utf-8")
    build_site(small_content, output)
    shown = html.fromstring((tmp_path / "output/tin-tuc/2026/cho-phien/index.html").read_text("utf-8"))
    there = "/tin-tuc/2026/dich/#muc"
    found = {one.text.removeprefix("Tới "): one.get("href") for one in shown.iter("a") if (one.text or "").startswith("Tới ")}
    assert found == dict(zip(links, ("/tim-kiem/?q=rau", "/tim-kiem/?q=rau&loai=news#cds--main", there, there), strict=True))


def test_a_withdrawn_broadcast_needs_no_script(tmp_path, small_content, output):
    training = small_content / "tap-huan/hoi-nghi-thang-12.md"
    gone = "status: withdrawn\nwithdrawn_reason: Hoãn họp.\n"
    training.write_text(training.read_text("utf-8").replace("topic:", f"{gone}topic:"), "utf-8")
    build_site(small_content, output)
    page = (tmp_path / "output/tap-huan/hoi-nghi-thang-12/index.html").read_text("utf-8")
    assert "phat.thu-nghiem.vn/nhung" not in page
    assert re.findall(r'<script type="module" src="/js/([a-z-]+)-', page) == ["text-size"]


def test_pictures_are_upright_and_carry_no_metadata(small):
    pictures = sorted((small / "media/anh").iterdir())
    assert pictures
    for path in pictures:
        with Image.open(path) as image:
            assert (dict(image.getexif()), image.info.get("icc_profile"), image.mode) == ({}, None, "RGB")
    upright = {Image.open(path).size for path in pictures if Image.open(path).size[0] < Image.open(path).size[1]}
    assert upright == {(480, 720), (600, 900)}


def test_a_preview_shows_everything_marked(output):
    build_site(SITES / "small", output, preview=True)
    assert "Bản nháp, chưa đăng" in text_of(output, "tin-tuc/2026/ban-nhap/index.html")
    assert "Hẹn đăng Chủ Nhật, 20/12/2026, 08:00" in text_of(output, "tin-tuc/2026/hen-gio/index.html")
    assert ids(output) == ids_published()
    assert 'content="noindex' in (output / "index.html").read_text("utf-8")
    assert (output / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


def ids_published() -> list[str]:
    base = "tag:tin.thu-nghiem.vn,2026:"
    return [
        f"{base}{path}"
        for path in (
            "/tin-tuc/2026/hoi-nghi-cu/", "/tin-tuc/2026/to-cong-nghe/", "/tin-tuc/2026/cho-phien/", "/tap-huan/hoi-nghi-thang-12/",
            "/tap-huan/xem-truc-tuyen/", "/van-ban/3-nq-tu/", "/van-ban/2-qd-ubnd/", "/van-ban/1-qd-ubnd/", "/tap-huan/hoi-nghi-thang-10/",
        )
    ]  # fmt: skip


def test_entries_keep_their_order_and_ids(small):
    assert ids(small) == ids_published()


def test_a_second_build_changes_nothing(output):
    build_site(SITES / "small", output)
    before, link = listing(output), output.readlink()
    result = build_site(SITES / "small", output, now=NOW + timedelta(hours=1))
    assert (result.changed, listing(output) == before, output.readlink()) == (False, True, link)


def test_a_body_edit_touches_what_shows_it(small_content, output):
    build_site(small_content, output)
    before = listing(output)
    article = small_content / "tin-tuc/2026/cho-phien.md"
    article.write_text(article.read_text("utf-8").replace("tối hôm trước", "sáng sớm"), "utf-8")
    build_site(small_content, output)
    after = listing(output)
    feeds = {"feeds/zalo.rss.xml", "feeds/zalo.json", "feeds/zalo/tin-tuc-2026-cho-phien.json", "manifest.json"}
    feeds |= {
        f"feeds/{selection}/{file}"
        for selection in ("tat-ca", "tin-tuc", "chu-de/kinh-te-so")
        for file in ("rss.xml", "atom.xml", "feed.json")
    }
    (record,) = (path for path in after if path.startswith("tim-kiem/bai/") and "/cho-phien/" in (output / path).read_text("utf-8"))
    index = [path for path in after if path.startswith(("tim-kiem/chi-muc/", "tim-kiem/tu-vung.txt"))]
    shards = {path for path in index if after[path][0] != before[path][0]}
    changed = {"tin-tuc/2026/cho-phien/index.html", "tin-tuc/2026/cho-phien/index.json", record, *feeds, *shards}
    changed |= {"tro-ly/doan.json", "tro-ly/doan-1.jsonl"}
    assert 0 < len(shards) <= 7  # "sáng", "sớm", and these with their neighbours; less what they replace
    assert {path for path in after if after[path] != before[path]} == changed
    assert {path for path in after if after[path][0] != before[path][0]} == changed


def test_the_clock_alone_publishes_and_ends(output):
    build_site(SITES / "small", output)
    assert "Sắp diễn ra" in text_of(output, "tap-huan/hoi-nghi-thang-12/index.html")
    result = build_site(SITES / "small", output, now=datetime(2026, 12, 10, 8, 0, tzinfo=UTC))
    assert "Đang diễn ra" in text_of(output, "tap-huan/hoi-nghi-thang-12/index.html")
    assert result.site_plan.next_transition == datetime(2026, 12, 10, 9, 30, tzinfo=UTC)
    build_site(SITES / "small", output, now=datetime(2026, 12, 21, tzinfo=UTC))
    assert "Đã kết thúc" in text_of(output, "tap-huan/hoi-nghi-thang-12/index.html")
    assert (output / "tin-tuc/2026/hen-gio/index.html").is_file()


def test_an_incremental_build_equals_a_clean_one(tmp_path, small_content, output):
    clean = tmp_path / "clean"
    build_site(small_content, output)
    (small_content / "tin-tuc/2026/cho-phien.md").unlink()
    article = small_content / "tin-tuc/2026/to-cong-nghe.md"
    article.write_text(article.read_text("utf-8").replace("Tổ công nghệ số đến từng nhà", "Tên mới"), "utf-8")
    build_site(small_content, output)
    build_site(small_content, clean)
    bytes_of = {path: data for path, (_, data) in listing(output).items()}
    assert bytes_of == {path: data for path, (_, data) in listing(clean).items()}


def test_a_sub_path_works(small_content, output):
    from release_files import tree_of

    from chuyendoiso.release.verify import broken_links

    settings = small_content / "site.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("https://tin.thu-nghiem.vn/", "https://cong.thu-nghiem.vn/chuyen-doi-so/"), "utf-8"
    )
    build_site(small_content, output)
    tree = tree_of(output.resolve(), "https://cong.thu-nghiem.vn", "/chuyen-doi-so")
    assert list(broken_links(tree, tree.names)) == []
    feed = json.loads((output / "feeds/tat-ca/feed.json").read_text("utf-8"))
    assert feed["items"][0]["url"] == "https://cong.thu-nghiem.vn/chuyen-doi-so/tin-tuc/2026/hoi-nghi/"
    assert feed["items"][0]["id"] == ids_published()[0]
    link = 'href="https://cong.thu-nghiem.vn/chuyen-doi-so/media/van-ban/1-qd.pdf"'
    assert link in feed["items"][0]["content_html"]


def test_publishing_refuses_placeholders(tmp_path):
    with pytest.raises(ContentRejected) as refused:
        pipeline.read(order(ROOT / "content", tmp_path / "output", publishing=True), Progress(quiet=True))
    assert [problem.rule for problem in refused.value.problems] == ["placeholder-url", "placeholder-authority"]


def test_pelican_alone_gives_the_same_tree(tmp_path, small_content):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    build_site(small_content, ours, now=datetime.now(UTC))
    environment = {**os.environ, "LC_ALL": "C", "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", theirs, small_content]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    assert {path: data for path, (_, data) in listing(theirs).items()} == {path: data for path, (_, data) in listing(ours).items()}


def test_a_plugin_that_fails_to_load_ends_pelican(tmp_path):
    package = tmp_path / "chuyendoiso"
    shutil.copytree(ROOT / "chuyendoiso", package)
    (package / "build/pipeline.py").write_text("raise RuntimeError('hỏng')\n", "utf-8")
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "theme").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Không nạp được phần dựng trang: RuntimeError: hỏng")
    assert not (tmp_path / "output").exists()


def test_a_change_of_the_theme_encodes_no_picture_again(tmp_path, monkeypatch, output):
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    build_site(SITES / "small", output, theme=theme)
    before = listing(output)
    template = theme / "templates/article.html"
    template.write_text(template.read_text("utf-8").replace('class="cds-article"', 'class="cds-article cds-article--new"'), "utf-8")
    monkeypatch.setattr("chuyendoiso.outputs.images.pixels.encode", None)
    monkeypatch.setattr("chuyendoiso.outputs.images.drawing.encode", None)
    monkeypatch.setattr(
        "chuyendoiso.outputs.pages.templates.environment", chuyendoiso.outputs.pages.templates.environment.__wrapped__
    )
    build_site(SITES / "small", output, theme=theme)
    after = listing(output)
    assert {path.split("/")[0] for path in after if after[path] != before.get(path)} == {"tin-tuc", "van-ban", "tap-huan"}


@pytest.mark.parametrize(
    ("wrong", "reported"),
    [
        ("{{ khong_co }}", "'khong_co' is undefined"),
        ("{% iff view %}", "unknown tag 'iff'"),
        ("{{ 'x'() }}", "'str' object is not callable"),
        ("{% include 'components/khong-co/macro.html' %}", "components/khong-co/macro.html"),
    ],
    ids=["name", "tag", "call", "include"],
)
@pytest.mark.parametrize("template", ["templates/article.html", "components/badge/macro.html"])
def test_a_template_that_is_wrong_is_reported_with_its_place(tmp_path, monkeypatch, template, wrong, reported, output):
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    build_site(SITES / "small", output, theme=theme)
    before = listing(output)
    lines = (theme / template).read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, start=1) if 'class="cds-' in line)
    lines[number - 1] += wrong
    (theme / template).write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr(
        "chuyendoiso.outputs.pages.templates.environment", chuyendoiso.outputs.pages.templates.environment.__wrapped__
    )
    with pytest.raises(BuildStopped) as stopped:
        build_site(SITES / "small", output, theme=theme)
    assert str(stopped.value).startswith(f"Khuôn mẫu theme/{template}, dòng {number} sai: ")
    assert reported in str(stopped.value)
    assert listing(output) == before


def test_what_makes_a_page_is_covered_by_its_fingerprint(small_content, output):
    """The digest of an output's code is that of one part of the package: no function it calls by name may be in another."""
    site_plan = pipeline.read(order(small_content, output), Progress(quiet=True))
    pages = [output for output in site_plan.planned if isinstance(output, Target) and isinstance(output.inputs, PageInputs)]
    assert pages
    for page in pages:
        parts = [function.__module__.split(".")[1:3] for function in (page.make, page.inputs.view.function)]
        assert parts == [["outputs", "pages"]] * 2
