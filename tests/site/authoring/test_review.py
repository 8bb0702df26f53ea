"""`make review`: what publishing now would change, and how each item will look."""

import os
import re
import shutil
import string
import subprocess

import pytest
import yaml
from conftest import ROOT, SITES, build_site, invoke
from lxml import html

from chuyendoiso.authoring.publication_review import write_review
from chuyendoiso.system.errors import WrongUse

ARTICLE = "---\ntitle: {title}\ndate: {date}\nsummary: {summary}\ntopic: xa-hoi-so\n{more}---\n{body}\n"
SOUND = "Đã kiểm tra: mọi liên kết trong trang đều tới nơi, mọi ảnh và tệp đính kèm đều có."


def write(content, name, title, more="", body="Thân bài.", date="2026-11-20", summary="Tóm tắt."):
    path = content / f"tin-tuc/2026/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(title=title, date=date, summary=summary, more=more, body=body), "utf-8")


@pytest.fixture
def desk(tmp_path):
    """A site that is published, and changes that are not."""
    content = tmp_path / "content"
    content.mkdir()
    shutil.copy(SITES / "base.yml", content / "site.yml")
    for name in ("lon", "nho", "cu", "go", "yen"):
        write(content, name, f"Tin {name}")
    build_site(content, tmp_path / "published")
    write(content, "moi", "Tin mới", summary="Dài " * 74)
    write(content, "hen", "Tin hẹn", date="2199-01-02 08:00")
    write(content, "nhap", "Tin nháp", more="status: draft\n")
    write(content, "lon", "Tin lon", more="modified: 2026-11-21\nchange_note: Thêm số liệu.\n")
    write(content, "nho", "Tin nho", body="Thân bài sửa.")
    (content / "tin-tuc/2026/cu.md").unlink()
    write(content, "khac", "Tin cu", more="aliases: [/tin-tuc/2026/cu/]\n")
    write(content, "go", "Tin go", more="status: withdrawn\nwithdrawn_reason: Trùng.\n")
    build_site(content, tmp_path / "output")
    return tmp_path


def reviewed(folder, published):
    return write_review(folder / "content", ROOT / "theme", folder / "output", published, folder / "review.html").splitlines()


def test_changes_are_listed(desk):
    published = desk / "published"
    assert reviewed(desk, published) == [
        f"So với bản đã đăng ({published}), đăng bây giờ sẽ thay đổi những bài sau.",
        "Mới (1):",
        "  + Tin mới  /tin-tuc/2026/moi/",
        "Sửa lớn, gửi lại tới các kênh (1):",
        "  * Tin lon  /tin-tuc/2026/lon/",
        "Sửa nhỏ (2):",
        "  . Tin cu  /tin-tuc/2026/khac/",
        "  . Tin nho  /tin-tuc/2026/nho/",
        "Gỡ (1):",
        "  - Tin go  /tin-tuc/2026/go/",
        "Đổi địa chỉ (1):",
        "  /tin-tuc/2026/cu/ → /tin-tuc/2026/khac/",
        "Hẹn giờ (1):",
        "  Thứ Tư, 02/01/2199, 08:00: Tin hẹn",
        SOUND,
        f"Xem từng bài sẽ hiện ra sao: {desk / 'review.html'}",
    ]


def test_the_page_shows_each_item_as_it_will_be_met(desk):
    reviewed(desk, desk / "published")
    page = html.parse(desk / "review.html").getroot()
    assert [one.text for one in page.iterfind(".//article/h3")] == ["Tin mới", "Tin lon", "Tin cu", "Tin nho"]
    for name in ("src", "href"):
        linked = [one.get(name) for one in page.iterfind(f".//*[@{name}]")]
        assert linked
        assert [path for path in linked if not (desk / path).is_file()] == []
    assert page.find(".//article//section/p").text_content() == "Tin tức · 20/11/2026"
    counters = page.find(".//article/p[2]").text_content()
    assert counters == "Tên bài: 7/200 · Tóm tắt: 295/300 · Tên trên Zalo: 7/150 · Tóm tắt trên Zalo: 295/300"
    assert not re.search(r"https?://(?!tin\.thu-nghiem\.vn)", (desk / "review.html").read_text("utf-8"))


def test_texts_too_long_for_zalo_are_listed(desk):
    write(desk / "content", "moi", "Rất " * 40 + "dài")
    build_site(desk / "content", desk / "output")
    report = reviewed(desk, desk / "published")
    at = report.index("Dài quá, sẽ bị cắt (1):")
    assert report[at + 1] == f"  {'Rất ' * 40}dài: Tên trên Zalo 163/150"
    assert any("[long-for-zalo]" in line for line in report)


def test_where_nothing_was_published_everything_is_new(desk):
    report = reviewed(desk, None)
    assert report[0] == (
        "Chưa đăng bản nào từ máy này, nên mọi bài đều là mới. Trang đã đăng từ nơi khác thì chỉ thư mục của nó bằng --against."
    )
    assert report[1] == "Mới (5):"


def test_no_changes_are_reported(desk):
    shutil.rmtree(desk / "content/tin-tuc")
    write(desk / "content", "yen", "Tin yen")
    build_site(desk / "content", desk / "output")
    report = reviewed(desk, desk / "output")
    assert report[:2] == [f"Không bài nào thay đổi so với bản đã đăng ({desk / 'output'}).", SOUND]


def test_a_folder_without_site_is_rejected(desk):
    with pytest.raises(WrongUse, match=r"Không đọc được manifest\.json trong .*/content\. Cách sửa: chỉ thư mục"):
        reviewed(desk, desk / "content")


def test_the_example_for_gitlab_previews_a_branch_in_one_build(project):
    """Its script runs as it stands; the page of the review is beside the preview, and all that it names is there."""
    (project / "content/tin-tuc/2026/nhap.md").write_text(
        ARTICLE.format(title="Tin nháp", date="2026-11-20", summary="Tóm tắt.", more="status: draft\n", body="Thân bài."), "utf-8"
    )
    job = yaml.safe_load((ROOT / "docs/examples/gitlab-ci.yml").read_text("utf-8"))["xem-truoc"]
    given = {"CI_PROJECT_ROOT_NAMESPACE": "cds", "CI_PAGES_DOMAIN": "trang.thu", "CI_PROJECT_NAME": "tin", "CI_JOB_ID": "12"}
    address = string.Template(job["variables"]["ADDRESS"]).substitute(given)
    environment = {**os.environ, "ADDRESS": address}
    setup, *script = job["script"]
    assert setup == "sh scripts/setup.sh runtime"  # of the environment that the tests run in
    done = subprocess.run(
        ["sh", "-ec", "\n".join(script)], check=False, cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Tạo tệp của trang") == 1
    assert all((project / path).exists() for path in job["cache"][1]["paths"])
    public = project / "public"
    page = html.parse(public / "duyet.html").getroot()
    titles = [one.text for one in page.iterfind(".//article/h3")]
    assert len(titles) > 5 and "Tin nháp" not in titles and (public / "tin-tuc/2026/nhap/index.html").is_file()
    linked = [one.get(name) for name in ("src", "href") for one in page.iterfind(f".//*[@{name}]")]
    assert len(linked) > 10 and [path for path in linked if not (public / path).is_file()] == []
    assert address.startswith("https://cds.trang.thu/-/tin/-/jobs/12/") and address in (public / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--address", "https://x.vn/"), "--address chỉ dùng cùng --built: địa chỉ của trang thật nằm trong site.yml."),
        (
            ("--built", "khong-co"),
            "Không có thư mục khong-co. Cách sửa: dựng trước bằng invoke build --preview --output khong-co.",
        ),
    ],
)
def test_a_review_of_nothing_is_refused(arguments, line):
    done = invoke("review", *arguments)
    assert (done.returncode, done.stderr.strip()) == (2, line)
