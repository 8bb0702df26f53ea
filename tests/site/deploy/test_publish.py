"""`make publish` from content to the live site: what it says, refuses and finishes; and readers and pullers in numbers while it goes on."""

import re
import shutil
import subprocess
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, SITES, build_site, invoke
from servers import ask, free_port, nginx

from chuyendoiso.deploy.bundle import make_bundle
from chuyendoiso.deploy.deployment import PublishOptions, deploy_release
from chuyendoiso.deploy.nginx_conf import Serving, make_maps, make_site_conf, write_nginx
from chuyendoiso.deploy.pending import is_due, is_new, record_published
from chuyendoiso.deploy.prepublish_checks import refuse_private
from chuyendoiso.deploy.server_folder import DeployedRelease, deploy, parse_target
from chuyendoiso.deploy.targets import ObjectStore, ServerFolder
from chuyendoiso.system.errors import BuildStopped, WrongUse

ARTICLE = "---\ntitle: {}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n{}---\n{}\n"


def ordered(folder, site, reported, **options) -> PublishOptions:
    common = {
        "output": folder / "output",
        "site": site,
        "target": ServerFolder(folder / "output", parse_target(str(folder / "dich"), site.base_path, say=reported.append)),
        "nginx": folder / "conf",
        "say": reported.append,
    }
    return PublishOptions(**{**common, "monotonic": time.monotonic, "sleep": lambda seconds: None, **options})


def test_what_was_brought_is_looked_at_live(tmp_path, monkeypatch, output):
    monkeypatch.setattr(
        "chuyendoiso.deploy.deployment.refuse_private", lambda release, site: None
    )  # it is at this machine, for once
    result, port, target = build_site(SITES / "small", output, publishing=True), free_port(), tmp_path / "dich"
    site, reported = replace(result.site_plan.site, url=f"http://localhost:{port}/"), []
    serving = Serving(root=str(target / "www"), folder=str(tmp_path / "conf"), port=port, logs=str(tmp_path))
    write_nginx(tmp_path / "conf", {"site.conf": make_site_conf(site, serving), "moved.map": "", "gone.map": ""})
    target.mkdir()
    with nginx(tmp_path / "run", tmp_path / "conf", port):
        command = ("/bin/sh", "-c", f"kill -HUP $(cat {tmp_path}/run/nginx.pid)")
        deploy_release(ordered(tmp_path, site, reported, reload_nginx=command))
        deploy_release(ordered(tmp_path, site, reported, reload_nginx=command))
        (target / "www").unlink()
        with pytest.raises(
            BuildStopped, match=rf"Đã chép trang, nhưng http://localhost:{port}/release\.txt chưa mở được: HTTP 404\."
        ):
            (target / "www").symlink_to("none")
            monkeypatch.setattr("chuyendoiso.deploy.targets.deploy", lambda bundle, target: DeployedRelease("000002", 1, 1))
            deploy_release(ordered(tmp_path, site, reported, reload_nginx=command))
    size = re.search(r"\d[\d.]* tệp, \S+ [KM]B, đã so từng tệp với danh mục", reported[1])[0]
    assert reported[:6] == [
        f"Đang gửi {size.split()[0]} tệp tới {target}.",
        f"Đã đưa bản 000001 lên {target}: {size}.",
        f"Đã ghi địa chỉ đã chuyển và đã gỡ vào {tmp_path / 'conf'}.",
        f"Đã xem lại http://localhost:{port}/: đúng bản vừa đăng.",
        f"{target} đã hiện đúng bản này: {size}.",
        f"Đã xem lại http://localhost:{port}/: đúng bản vừa đăng.",
    ]


def test_the_command_says_what_changes_and_brings_it(tmp_path, project, small_content, output):
    conf = (project / "publishconf.py").read_text("utf-8")
    (project / "publishconf.py").write_text(conf.replace("DEPLOY_TO = None", f'DEPLOY_TO = "{tmp_path}/dich"'), "utf-8")
    try:
        first = invoke("publish", "--content", small_content, "--output", output, "--no-check", cwd=project)
        assert (first.returncode, first.stderr.count("Traceback")) == (0, 0)
        assert re.match(rf"Đã đưa bản 000001 lên {tmp_path}/dich: ", first.stdout.splitlines()[-1])
        article = small_content / "tin-tuc/2026/cho-phien.md"
        article.write_text(article.read_text("utf-8").replace("tối hôm trước", "sáng sớm"), "utf-8")
        second = invoke("publish", "--content", small_content, "--output", output, "--no-check", cwd=project).stdout.splitlines()
        assert second[1:3] == ["Sửa nhỏ (1):", "  . Chợ phiên lên mạng  /tin-tuc/2026/cho-phien/"]
        assert second[-1].startswith(f"Đã đưa bản 000002 lên {tmp_path}/dich: ")
        assert "sáng sớm" in (tmp_path / "dich/www/tin-tuc/2026/cho-phien/index.html").read_text("utf-8")
        due = invoke("publish", "--content", small_content, "--output", output, "--if-due", cwd=project)
        assert (due.returncode, due.stdout) == (0, "Chưa có gì mới, không phải đăng lại.\n")
        back = invoke("rollback", "--target", cwd=project)
        assert (back.returncode, back.stdout) == (0, f"{tmp_path}/dich đang hiện bản 000001.\n")
        assert "tối hôm trước" in (tmp_path / "dich/www/tin-tuc/2026/cho-phien/index.html").read_text("utf-8")
    finally:
        (project / "publishconf.py").write_text(conf, "utf-8")


def test_a_store_replaces_a_folder(tmp_path, monkeypatch, output):
    monkeypatch.setattr("chuyendoiso.deploy.targets.ObjectStore.deploy", lambda store, release: "Đã gửi 3 tệp.")
    result = build_site(SITES / "small", output, publishing=True)
    reported = []
    target = ObjectStore(output, "kho:trang", {}, lambda: NOW)
    deploy_release(ordered(tmp_path, result.site_plan.site, reported, target=target, check=False))
    assert reported == ["Đã gửi 3 tệp."]
    assert not (tmp_path / "dich").exists()
    assert not (tmp_path / "conf").exists()


def test_a_timer_publishes_only_when_something_is_due(tmp_path):
    content = tmp_path / "content"
    (content / "tin-tuc/2026").mkdir(parents=True)
    shutil.copy(SITES / "base.yml", content / "site.yml")
    later = ARTICLE.format("Hẹn", "", "Chữ.").replace("2026-11-20", "2026-11-24 13:00")  # an hour after NOW
    (content / "tin-tuc/2026/hen.md").write_text(later, "utf-8")
    (content / "tin-tuc/2026/mot.md").write_text(ARTICLE.format("Một", "", "Chữ."), "utf-8")
    output = tmp_path / "output"
    assert is_due(output, NOW)  # nothing is published yet
    result = build_site(content, output, publishing=True)
    assert is_due(output, NOW)  # built, but not brought out
    record_published(output, result.release, ("mot",))
    moments = [NOW, NOW + timedelta(minutes=59), NOW + timedelta(minutes=60), datetime(2199, 1, 1, tzinfo=UTC)]
    assert [is_due(output, moment) for moment in moments] == [False, False, True, True]
    later = build_site(content, output, publishing=True, now=NOW + timedelta(hours=2))
    record_published(output, later.release, ("mot",))
    assert is_due(output, datetime(2199, 1, 1, tzinfo=UTC)) is False
    assert [is_new(output, commits) for commits in (["mot"], ["hai"], ["mot", "hai"])] == [False, True, True]


def test_what_could_not_be_brought_is_due_again(tmp_path, output):
    result, reported = build_site(SITES / "small", output, publishing=True), []
    (tmp_path / "dich").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(BuildStopped):
        deploy_release(ordered(tmp_path, result.site_plan.site, reported, check=False))
    assert is_due(output, NOW)
    (tmp_path / "dich").unlink()
    deploy_release(ordered(tmp_path, result.site_plan.site, reported, check=False, commits=("mot",)))
    assert (is_due(output, NOW), is_new(output, ["mot"])) == (False, False)
    with pytest.raises(WrongUse, match=r"^Không biết có gì mới không, .+ Cách sửa: bỏ --if-new, "):
        is_new(output, [])
    build_site(SITES / "small", output)  # an editor's build forgets nothing of it
    assert (is_due(output, NOW), is_new(output, ["mot"])) == (False, False)


def test_what_is_not_for_the_public_is_refused(tmp_path, output):
    content = shutil.copytree(SITES / "small", tmp_path / "content")
    settings = (content / "site.yml").read_text("utf-8")
    (content / "site.yml").write_text(re.sub(r"(\s+)url: .*", r"\1url: http://localhost:8000/", settings, count=1), "utf-8")
    result = build_site(content, output, preview=True)
    with pytest.raises(BuildStopped) as stopped:
        refuse_private(result.release, result.site_plan.site)
    lines = str(stopped.value).splitlines()
    assert lines[:2] == ["Bản này không đăng được:", "đây là bản xem trước"]
    assert lines[-1] == "Cách sửa: báo cho người giữ chương trình."
    assert any('có địa chỉ của máy này (href="http://localhost:' in line for line in lines)
    sound = build_site(SITES / "small", tmp_path / "sound", publishing=True)
    refuse_private(sound.release, sound.site_plan.site)
    with pytest.raises(BuildStopped, match=r"địa chỉ chính thức https://tin\.thu-nghiem\.vn/\S* không thuộc https://khac\.vn/"):
        refuse_private(sound.release, replace(sound.site_plan.site, url="https://khac.vn/"))


# ── in numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SECONDS, READERS, PULLERS, DEPLOYS = 60, 1000, 200, 20


@pytest.mark.long
def test_readers_and_pullers_in_numbers_see_no_error_while_releases_change(tmp_path, output):
    content = shutil.copytree(SITES / "small", tmp_path / "content")
    bundles, releases = [], []
    for number in range(3):
        (content / "tin-tuc/2026/so.md").write_text(ARTICLE.format(f"Bản số {number}", "", f"Chữ {number}."), "utf-8")
        result = build_site(content, output, publishing=True, share_cards=False)
        bundles.append(make_bundle(result.release, releases, "", tmp_path / f"bundle-{number}", tmp_path / "kept"))
        releases.append(result.release)
    site, port = result.site_plan.site, free_port()
    target = parse_target(str(tmp_path / "dich"), "")
    deploy(bundles[0], target)
    serving = Serving(root=str(tmp_path / "dich/www"), folder=str(tmp_path / "conf"), port=port, logs=str(tmp_path))
    write_nginx(tmp_path / "conf", {"site.conf": make_site_conf(site, serving), **make_maps(result.release, site)})
    with nginx(tmp_path / "run", tmp_path / "conf", port):
        before = [load.communicate(timeout=SECONDS)[0] for load in loads(tmp_path, port, SECONDS // 6)]
        running = loads(tmp_path, port, SECONDS)
        torn, stop = [], threading.Event()
        watch = threading.Thread(target=watch_pages, args=(port, torn, stop))
        watch.start()
        for number in range(DEPLOYS):
            time.sleep(SECONDS / DEPLOYS * 0.8)
            deploy(bundles[(number + 1) % 3], target)
        reported = [load.communicate(timeout=SECONDS + 30)[0] for load in running]
        stop.set()
        watch.join()
        etag = ask(port, "/feeds/tat-ca/rss.xml")[1]["etag"]
        assert ask(port, "/feeds/tat-ca/rss.xml", If_None_Match=etag)[0] == 304
        deploy(bundles[(DEPLOYS + 1) % 3], target)  # one digit is another
        assert ask(port, "/feeds/tat-ca/rss.xml", If_None_Match=etag)[0] == 200
    print("\n".join(reported))
    assert torn == []
    for words, calm in zip(reported, before, strict=True):
        assert "Non-2xx" not in words and not re.search(r"Socket errors: connect [1-9]|read [1-9]|write [1-9]", words), words
        assert latency(words) < 3 * latency(calm), (words, calm)  # than while nothing changed


def loads(folder: Path, port: int, seconds: int) -> "list[subprocess.Popen[str]]":
    """Start the readers and the pullers."""
    return [
        wrk(folder, port, READERS, seconds, ["/", "/tin-tuc/", "/tin-tuc/2026/so/", "/van-ban/"], "readers"),
        wrk(folder, port, PULLERS, seconds, ["/feeds/tat-ca/rss.xml", "/feeds/tat-ca/feed.json", "/manifest.json"], "pullers"),
    ]


def wrk(folder: Path, port: int, connections: int, seconds: int, paths: list[str], name: str) -> "subprocess.Popen[str]":
    """Start wrk, which asks for some paths in turn over so many connections."""
    script = folder / f"{name}.lua"
    listed = ", ".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{ {listed} }}\nlocal n = 0\nrequest = function() n = n % #paths + 1; return wrk.format('GET', paths[n]) end\n"
    )
    command = ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}/"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def latency(reported: str) -> float:
    """Return the 99th percentile in milliseconds."""
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", reported).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def watch_pages(port: int, torn: list[str], stop: threading.Event) -> None:
    """Read the home page and what it names, again and again: a page must come whole, with its assets."""
    while not stop.is_set():
        status, _, body = ask(port, "/")
        text = body.decode()
        if status != 200 or not text.rstrip().endswith("</html>"):
            torn.append(f"home: {status}, {len(text)} characters")
        for address in re.findall(r'(?:href|src)="(/(?:css|js)/[^"]+)"', text):
            if ask(port, address)[0] != 200:
                torn.append(address)
