"""Real rclone against moto in server mode, which stands in for a real store: it speaks S3, but keeps objects in memory and checks no key."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest
from conftest import NOW, ROOT, SITES, SOAK, build_site, copy_release

from chuyendoiso.deploy.object_store.rclone import Store, run_rclone
from chuyendoiso.deploy.object_store.upload import deploy_to_store, upload
from chuyendoiso.deploy.object_store.upload_plan import RETENTION
from chuyendoiso.deploy.serving import FOR_DAYS, FOR_NOW
from chuyendoiso.release.store import current_release
from chuyendoiso.release.verify import ParsedPage
from chuyendoiso.system.errors import BuildStopped

BUCKET = "tin"
FEWER = {} if SOAK else {"share_cards": False, "records": False}  # files: a store that stands in takes its time for each
NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint():
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / ".venv/store")}
    # alone in its folder: the project's own packages are newer than it wants
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                urlopen(address, timeout=5).close()
                break
            except HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield address
        server.terminate()


@pytest.fixture
def settings(endpoint, monkeypatch):
    """An empty bucket, and the settings of a store in the environment."""
    urlopen(Request(f"{endpoint}/moto-api/reset", method="POST"), timeout=10).close()
    urlopen(Request(f"{endpoint}/{BUCKET}", method="PUT"), timeout=10).close()
    reported = {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENDPOINT": endpoint,
        "ACCESS_KEY_ID": "thu",
        "SECRET_ACCESS_KEY": "m4tkh4u",
        "REGION": "us-east-1",
        "ACL": "public-read",
    }
    for name, value in reported.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_KHO_{name}", value)
    return dict(os.environ)


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two releases: in the second styles and a title differ, an item is new, a tag and a picture are gone."""
    folder = tmp_path_factory.mktemp("releases")
    build_site(SITES / "small", folder / "first/output", **FEWER)
    content = Path(shutil.copytree(SITES / "small", folder / "content"))
    theme = Path(shutil.copytree(ROOT / "theme", folder / "theme"))
    with (theme / "static/css/tokens.css").open("a", encoding="utf-8") as css:
        css.write("\n:root { --thu: 1px; }\n")
    article = content / "tin-tuc/2026/cho-phien.md"
    text = article.read_text("utf-8").replace("Chợ phiên", "Phiên chợ").replace("tags: [Số hóa, nông nghiệp]\n", "")
    article.write_text(text, "utf-8")
    (content / "tin-tuc/2026/moi.md").write_text(text.replace("Phiên chợ", "Buổi chợ"), "utf-8")
    build_site(content, folder / "second/output", theme=theme, **FEWER)
    return folder / "first/output", folder / "second/output"


def objects(endpoint: str) -> dict[str, bytes]:
    """Return all that the store has."""
    found, token = [], ""
    while True:
        with urlopen(f"{endpoint}/{BUCKET}?list-type=2&max-keys=1000{token}", timeout=20) as answer:
            root = ElementTree.fromstring(answer.read())
        found += [one.text for one in root.iter(f"{NAMESPACE}Key")]
        if not (following := root.findtext(f"{NAMESPACE}NextContinuationToken")):
            break
        token = f"&continuation-token={quote(following)}"
    return {path: urlopen(f"{endpoint}/{BUCKET}/{quote(path)}", timeout=20).read() for path in found}


def files(output: Path) -> dict[str, bytes]:
    folder = output.resolve()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def served(output: Path) -> dict[str, bytes]:
    """Return what a release is in the store: its files, and its mark."""
    return {**files(output), "release.txt": current_release(output).mark}


def uploaded(output: Path, store: Store, state: Path, now):
    release = current_release(output)
    return upload(output, store, state, now, release.digests, release.mark)


def deployed(output: Path, state: Path, settings, now) -> str:
    release = current_release(output)
    return deploy_to_store(output, release.digests, release.mark, f"kho:{BUCKET}", state, settings, now)


def lacking(there: dict[str, bytes]) -> set[tuple[str, str]]:
    """Return what pages name of styles, scripts, fonts, icons, pictures and attachments, and is not there."""
    wanted = set()
    for page, data in there.items():
        if page.endswith(".html"):
            links = (urlsplit(link).path.removeprefix("/") for link in ParsedPage(data.decode()).links if link.startswith("/"))
            wanted |= {(page, path) for path in links if path.startswith(("css/", "js/", "fonts/", "icons/", "media/"))}
    return {(page, path) for page, path in wanted if path not in there}


def test_a_release_is_put_there_with_its_headers_and_once_only(endpoint, settings, releases, tmp_path):
    first, second = releases
    state = tmp_path / "state.json"
    count = len(served(first))
    compared = f"{count - 1} tệp ở đó đã so với danh mục"
    said = deployed(first, state, settings, lambda: NOW)
    assert said == f"Đã gửi {count} tệp tới kho kho:{BUCKET}, xóa 0 tệp cũ; {compared}. Địa chỉ cần xóa đệm: {state}.purge.txt."
    assert objects(endpoint) == served(first)
    assert deployed(first, state, settings, lambda: NOW) == f"Kho kho:{BUCKET} đã khớp với trang, không có gì phải gửi: {compared}."
    for path, kind, caching in (
        ("index.html", "text/html; charset=utf-8", FOR_NOW),
        ("feeds/tat-ca/rss.xml", "application/rss+xml", FOR_NOW),
        ("feeds/tat-ca/atom.xml", "application/atom+xml", FOR_NOW),
        ("feeds/tat-ca/feed.json", "application/feed+json", FOR_NOW),
        ("lich/hoi-nghi.ics", "text/calendar; charset=utf-8", FOR_NOW),
        ("fonts/be-vietnam-pro-600.woff2", "font/woff2", FOR_DAYS),
        ("media/van-ban/1-qd.pdf", "application/pdf", FOR_NOW),
    ):
        with urlopen(f"{endpoint}/{BUCKET}/{path}", timeout=10) as answer:
            assert (path, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (path, kind, caching)
    deployed(second, state, settings, lambda: NOW)
    purged = (tmp_path / "state.json.purge.txt").read_text("utf-8").splitlines()
    assert {"/", "/tin-tuc/2026/cho-phien/", "/feeds/tat-ca/rss.xml", "/manifest.json"} <= set(purged)
    assert [path for path in purged if path.startswith(("/css/", "/media/anh/")) or path == "/tin-tuc/2026/moi/"] == []


@pytest.mark.long
def test_what_is_no_longer_in_the_release_goes_when_no_cache_needs_it(endpoint, settings, releases, tmp_path):
    first, second = releases
    store, state = Store(f"kho:{BUCKET}", settings), tmp_path / "state.json"
    urlopen(
        Request(
            f"{endpoint}/{BUCKET}/cua-nguoi-khac.txt",
            b"x",
            {"x-amz-acl": "public-read", "Content-Type": "text/plain"},
            method="PUT",
        ),
        timeout=10,
    ).close()
    uploaded(first, store, state, lambda: NOW)
    uploaded(second, store, state, lambda: NOW)
    old = served(first).keys() - served(second).keys()
    assert len(old) > 3
    assert objects(endpoint).keys() == served(first).keys() | served(second).keys() | {"cua-nguoi-khac.txt"}
    assert uploaded(second, store, state, lambda: NOW + RETENTION).deleted == 0
    assert uploaded(second, store, state, lambda: NOW + RETENTION + timedelta(minutes=1)).deleted == len(old)
    assert objects(endpoint) == {**served(second), "cua-nguoi-khac.txt": b"x"}  # what is not ours stays


class Killed(Exception):
    """As if the machine had gone off."""


def killing(after: int):
    """Run rclone, and kill it when it has sent so many objects in all."""
    left = [after]

    def run(arguments, fed, environment):
        command = ["rclone", *arguments, "--transfers", "1", "-v"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as process:
            process.stdin.write(fed)
            process.stdin.close()
            for line in process.stderr:
                left[0] -= ": Copied" in line
                if left[0] <= 0:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    raise Killed
            output = process.stdout.read()
        return process.returncode, output, ""

    return run


@pytest.mark.parametrize("after", [1, 2, 5, 9, 15, 20, 25, 30, 40, 50, 60] if SOAK else [9])
@pytest.mark.soak
def test_whenever_it_is_killed_no_page_lacks_a_file_and_the_next_run_finishes(endpoint, settings, releases, tmp_path, after):
    first, second = releases
    state = tmp_path / "state.json"
    uploaded(first, Store(f"kho:{BUCKET}", settings), state, lambda: NOW)
    for remaining in (after, 3):  # killed, and killed again
        with pytest.raises(Killed):
            uploaded(second, Store(f"kho:{BUCKET}", settings, killing(remaining)), state, lambda: NOW)
        there = objects(endpoint)
        assert lacking(there) == set()
        assert there != {**served(first), **served(second)}
    uploaded(second, Store(f"kho:{BUCKET}", settings), state, lambda: NOW)
    assert objects(endpoint) == {**served(first), **served(second)}
    purged = set((tmp_path / "state.json.purge.txt").read_text("utf-8").split())
    assert {"/", "/tin-tuc/2026/cho-phien/", "/manifest.json"} <= purged  # whichever run sent them
    uploaded(second, Store(f"kho:{BUCKET}", settings), state, lambda: NOW + RETENTION + timedelta(minutes=1))
    assert objects(endpoint) == served(second)


@pytest.mark.long
def test_a_first_upload_that_is_killed_goes_on(endpoint, settings, releases, tmp_path):
    first, _ = releases
    state = tmp_path / "state.json"
    for after in (30, 30):
        with pytest.raises(Killed):
            uploaded(first, Store(f"kho:{BUCKET}", settings, killing(after)), state, lambda: NOW)
        assert lacking(objects(endpoint)) == set()
    assert uploaded(first, Store(f"kho:{BUCKET}", settings), state, lambda: NOW).sent < len(served(first))
    assert objects(endpoint) == served(first)


def test_a_store_that_is_closed_is_reported_without_its_secret(settings, releases, tmp_path, monkeypatch):
    monkeypatch.setenv("RCLONE_CONFIG_KHO_ENDPOINT", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("RCLONE_RETRIES_SLEEP", "10ms")
    monkeypatch.setenv("RCLONE_LOW_LEVEL_RETRIES", "1")
    monkeypatch.setenv("RCLONE_RETRIES", "1")
    with pytest.raises(BuildStopped) as stopped:
        deployed(releases[0], tmp_path / "state.json", dict(os.environ), lambda: NOW)
    assert str(stopped.value).startswith(f"rclone không gửi được tới kho:{BUCKET}: ")
    assert "m4tkh4u" not in str(stopped.value)


def test_an_object_that_is_gone_or_damaged_is_sent_again_and_a_damaged_release_never(endpoint, settings, releases, tmp_path):
    first, state = releases[0], tmp_path / "state.json"
    deployed(first, state, settings, lambda: NOW)
    urlopen(Request(f"{endpoint}/{BUCKET}/index.html", method="DELETE"), timeout=10).close()
    sheet = next(path for path in files(first) if path.startswith("css/"))
    urlopen(Request(f"{endpoint}/{BUCKET}/{sheet}", b"half", {"x-amz-acl": "public-read"}, method="PUT"), timeout=10).close()
    assert deployed(first, state, settings, lambda: NOW).startswith("Đã gửi 2 tệp tới kho ")
    assert objects(endpoint) == served(first)
    damaged = copy_release(first, tmp_path / "output")
    (damaged.resolve() / "index.html").write_text("nửa")
    with pytest.raises(
        BuildStopped, match=r"^1 tệp trong \S+ không đúng như danh mục của bản này, ví dụ index\.html\. Chưa gửi gì\. "
    ):
        deployed(damaged, state, settings, lambda: NOW)


def test_what_the_store_did_not_keep_is_reported_before_pages_name_it(settings, releases, tmp_path):
    def forgetful(arguments, fed, environment):
        status, output, complaint = run_rclone(arguments, fed, environment)
        return status, output.replace("= css/", "+ css/"), complaint

    sent = []
    store = Store(f"kho:{BUCKET}", settings, lambda arguments, *rest: sent.append(arguments[0]) or forgetful(arguments, *rest))
    with pytest.raises(BuildStopped, match=r"^Kho kho:tin không giữ đúng \d+ tệp vừa gửi, ví dụ css/"):
        uploaded(releases[0], store, tmp_path / "state.json", lambda: NOW)
    assert sent[-2:] == ["copy", "check"]
