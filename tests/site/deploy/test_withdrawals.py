"""What is withdrawn leaves the site, whatever else is wrong or goes with it."""

import json
import re

import pytest
from conftest import ROOT, SITES, build_site, invoke, order
from repositories import commit, git, small_repository

from chuyendoiso.authoring.yaml_writer import set_fields
from chuyendoiso.build import pipeline
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.system.progress import Progress

ARTICLE = "---\ntitle: Bài {0}\ndate: 2026-{1:02}-{2:02} 08:00\nsummary: Tóm tắt.\ntopic: xa-hoi-so\ntags: [Thẻ]\n---\nThân.\n"
TRAINING = "---\ntitle: Lớp {0}\ndate: 2026-10-{0:02}\nsummary: Tóm tắt.\ntopic: nhan-luc-so\naudience: [nguoi-dan]\n---\nThân.\n"
GONE = {"status": EditorStatus.WITHDRAWN, "withdrawn_reason": "Đăng nhầm."}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def withdraw(path):
    path.write_text(set_fields(path.read_text("utf-8"), "", GONE), "utf-8")


def site_of(folder, articles, trainings=0):
    settings = (SITES / "base.yml").read_text("utf-8")
    more = "{slug: nhan-luc-so, name: Nhân lực số}, {slug: kinh-te-so, name: Kinh tế số}"
    write(folder / "site.yml", settings.replace("topics: [", f"topics: [{more}, "))
    for number in range(articles):
        write(folder / f"tin-tuc/2026/{number}.md", ARTICLE.format(number, 1 + number // 28, 1 + number % 28))
    for number in range(trainings):
        write(folder / f"tap-huan/{number + 1}.md", TRAINING.format(number + 1))
    return folder


def target_of(output, address):
    page = (output / address.strip("/") / "index.html").read_text("utf-8")
    return re.search(r'content="0; url=([^"]+)"', page)[1]


def lost(content, output):
    problems = pipeline.read(order(content, output, publishing=True), Progress(quiet=True)).problems
    return [str(problem) for problem in problems if problem.rule == "lost-address"]


@pytest.mark.parametrize("count", [24, 36])
def test_a_list_that_shrinks_by_a_page_leads_to_its_head(tmp_path, output, count):
    content = site_of(tmp_path / "content", count, trainings=24)
    build_site(content, output, publishing=True)
    page = count // 12 - 1
    former = [f"/chu-de/xa-hoi-so/trang-{page}/", f"/tu-khoa/the/trang-{page}/", "/tap-huan/doi-tuong/nguoi-dan/trang-1/"]
    assert all('class="cds-pager' in (output / path.strip("/") / "index.html").read_text("utf-8") for path in former)
    withdraw(content / "tin-tuc/2026/3.md")
    withdraw(content / "tap-huan/3.md")
    assert lost(content, output) == []
    build_site(content, output, publishing=True)
    for path in former:
        assert target_of(output, path) == path.rpartition("trang-")[0]


def test_a_page_of_a_list_that_loses_an_item_to_another_topic_leads_to_its_head(tmp_path, output):
    content = site_of(tmp_path / "content", 24)
    build_site(content, output, publishing=True)
    path = content / "tin-tuc/2026/4.md"
    path.write_text(path.read_text("utf-8").replace("topic: xa-hoi-so", "topic: kinh-te-so"), "utf-8")
    assert lost(content, output) == []
    build_site(content, output, publishing=True)
    assert target_of(output, "/chu-de/xa-hoi-so/trang-1/") == "/chu-de/xa-hoi-so/"


def test_lists_that_are_empty_once_all_is_withdrawn_lead_on(tmp_path, output):
    """A link to one of them in another article is no error, and stays alive."""
    content = site_of(tmp_path / "content", 24, trainings=1)
    other = content / "tin-tuc/2025/khac.md"
    links = ["/tin-tuc/2026/thang-01/", "/tu-khoa/the/", "/tap-huan/chu-de/nhan-luc-so/", "/tin-tuc/2026/thang-01/trang-1/"]
    write(other, ARTICLE.format("khác", 1, 1).replace("[Thẻ]", "[Khác]") + " ".join(f"[x]({link})" for link in links) + "\n")
    build_site(content, output, publishing=True)
    for path in [*(content / "tin-tuc/2026").glob("*.md"), *(content / "tap-huan").glob("*.md")]:
        withdraw(path)
    other.write_text(other.read_text("utf-8").replace("2026-01-01", "2025-01-01"), "utf-8")
    assert lost(content, output) == []
    build_site(content, output, publishing=True, allow_shrink=True)
    assert [target_of(output, link) for link in links] == ["/tin-tuc/", "/tu-khoa/", "/tap-huan/", "/tin-tuc/"]
    addresses = (output / "sitemap.xml").read_text("utf-8")
    assert "/tu-khoa/the/" not in addresses


@pytest.fixture
def published(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    small_repository(folder)
    done = invoke("publish", "--content", folder / "content", "--output", folder / "output")
    assert done.returncode == 0, done.stderr
    return folder


def take_down(folder, name):
    return invoke(
        "withdraw", name, "--reason", "Lộ số điện thoại.", "--publish", "--content", folder / "content",
        "--output", folder / "output",
    )  # fmt: skip


def items(folder, group):
    return {one["path"] for one in json.loads((folder / "output/manifest.json").read_text("utf-8"))[group]}


def test_a_leak_leaves_the_site_while_other_files_have_errors(published):
    content = published / "content"
    write(content / "tin-tuc/2026/moi.md", ARTICLE.format("mới", 11, 1))
    write(content / "tin-tuc/2026/hong.md", "---\ntitle: Hỏng\n---\n[x](khong-co.md)\n")
    commit(published)
    first = take_down(published, "tin-tuc/2026/to-cong-nghe.md")
    assert first.returncode == 0, first.stderr
    assert "Các tệp khác có lỗi (xem bằng make check), nên chỉ đăng lại bản đang có, thêm việc gỡ." in first.stdout
    assert items(published, "withdrawn") >= {"/tin-tuc/2026/to-cong-nghe/"}
    assert "/tin-tuc/2026/moi/" not in items(published, "items")
    second = take_down(published, "tin-tuc/2026/hoi-nghi.md")
    assert second.returncode == 0, second.stderr
    assert items(published, "withdrawn") >= {"/tin-tuc/2026/to-cong-nghe/", "/tin-tuc/2026/hoi-nghi/"}
    assert git(published, "worktree", "list").count("\n") == 1
    assert not (published / ".output-releases/withdrawal").exists()
    (content / "tin-tuc/2026/hong.md").unlink()
    done = invoke("publish", "--if-new", "--content", content, "--output", published / "output")
    assert done.returncode == 0, done.stderr
    assert "/tin-tuc/2026/moi/" in items(published, "items")
    assert items(published, "withdrawn") >= {"/tin-tuc/2026/to-cong-nghe/", "/tin-tuc/2026/hoi-nghi/"}


def test_where_nothing_is_wrong_all_is_published(published):
    write(published / "content/tin-tuc/2026/moi.md", ARTICLE.format("mới", 11, 1))
    done = take_down(published, "/tin-tuc/2026/to-cong-nghe/")
    assert done.returncode == 0, done.stderr
    assert "/tin-tuc/2026/moi/" in items(published, "items")
    assert items(published, "withdrawn") >= {"/tin-tuc/2026/to-cong-nghe/"}
    assert "Nhớ commit content/tin-tuc/2026/to-cong-nghe.md" in done.stdout


def test_without_a_known_commit_it_says_so(published):
    (published / ".output-releases/brought-out.json").unlink()
    write(published / "content/tin-tuc/2026/hong.md", "---\ntitle: Hỏng\n---\nx\n")
    done = take_down(published, "tin-tuc/2026/to-cong-nghe.md")
    assert done.returncode == 2
    assert "Không biết bản đang đăng thuộc commit nào" in done.stderr
    assert str(ROOT) not in done.stderr
