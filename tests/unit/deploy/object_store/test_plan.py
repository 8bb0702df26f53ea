"""The order of an upload, the headers of each object, and when an object may be deleted."""

from datetime import UTC, datetime, timedelta

import pytest

from chuyendoiso.deploy.object_store.rclone import Store
from chuyendoiso.deploy.object_store.upload import UploadState, read_state
from chuyendoiso.deploy.object_store.upload_plan import (
    RETENTION,
    Batch,
    Stage,
    fingerprint,
    plan_absent,
    plan_deletion,
    plan_upload,
    stage_of,
)
from chuyendoiso.deploy.serving import FOR_DAYS, FOR_GOOD, FOR_NOW, caching_of, media_type_of
from chuyendoiso.system.errors import BuildStopped, WrongUse

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
ITEMS = {"tin-tuc/2026/bai", "tap-huan/hoi-nghi"}


@pytest.mark.parametrize(
    ("path", "stage", "caching", "content_type"),
    [
        ("css/news-b283368595e0.css", Stage.FILES, FOR_GOOD, "text/css; charset=utf-8"),
        ("js/share-b19ad4ebfef6.js", Stage.FILES, FOR_GOOD, "text/javascript; charset=utf-8"),
        ("fonts/be-vietnam-pro-600.woff2", Stage.FILES, FOR_DAYS, "font/woff2"),
        ("icons/favicon.svg", Stage.FILES, FOR_DAYS, "image/svg+xml"),
        ("media/anh/0ff1abc73a3c55772c05v2-480.webp", Stage.FILES, FOR_GOOD, "image/webp"),
        ("media/the/tin-tuc-2026-bai-35cf1fde4fc2.png", Stage.FILES, FOR_GOOD, "image/png"),
        ("media/trang-dau/4c79ca82d4d6142dc3a0v2.webp", Stage.FILES, FOR_GOOD, "image/webp"),
        ("media/van-ban/1-qd.pdf", Stage.FILES, FOR_NOW, "application/pdf"),
        ("site.webmanifest", Stage.FILES, FOR_NOW, "application/manifest+json"),
        ("tin-tuc/2026/bai/index.html", Stage.ITEMS, FOR_NOW, "text/html; charset=utf-8"),
        ("tin-tuc/2026/bai/index.json", Stage.ITEMS, FOR_NOW, "application/json"),
        ("tap-huan/hoi-nghi/to-roi/index.html", Stage.ITEMS, FOR_NOW, "text/html; charset=utf-8"),
        ("tin-tuc/index.html", Stage.LISTS, FOR_NOW, "text/html; charset=utf-8"),
        ("gioi-thieu/index.html", Stage.LISTS, FOR_NOW, "text/html; charset=utf-8"),
        ("nhung/tin-moi.inc", Stage.LISTS, FOR_NOW, "text/html; charset=utf-8"),
        ("404.html", Stage.LISTS, FOR_NOW, "text/html; charset=utf-8"),
        ("index.html", Stage.HOME, FOR_NOW, "text/html; charset=utf-8"),
        ("feeds/tat-ca/rss.xml", Stage.FEEDS, FOR_NOW, "application/rss+xml"),
        ("feeds/tat-ca/kho-1.atom.xml", Stage.FEEDS, FOR_NOW, "application/atom+xml"),
        ("feeds/tat-ca/feed.json", Stage.FEEDS, FOR_NOW, "application/feed+json"),
        ("feeds/zalo.rss.xml", Stage.FEEDS, FOR_NOW, "application/rss+xml"),
        ("feeds/zalo/bai.json", Stage.FEEDS, FOR_NOW, "application/json"),
        ("lich/hoi-nghi.ics", Stage.FEEDS, FOR_NOW, "text/calendar; charset=utf-8"),
        ("tim-kiem/bai/1/0.json", Stage.SEARCH, FOR_NOW, "application/json"),
        ("tim-kiem/chi-muc/0.bin", Stage.SEARCH, FOR_NOW, "application/octet-stream"),
        ("tim-kiem/chi-muc.json", Stage.INDEXES, FOR_NOW, "application/json"),
        ("feeds/zalo.json", Stage.INDEXES, FOR_NOW, "application/json"),
        ("manifest.json", Stage.INDEXES, FOR_NOW, "application/json"),
        ("sitemap.xml", Stage.INDEXES, FOR_NOW, "application/xml"),
        ("robots.txt", Stage.INDEXES, FOR_NOW, "text/plain; charset=utf-8"),
    ],
)
def test_each_file_has_its_stage_and_its_headers(path, stage, caching, content_type):
    assert (stage_of(path, ITEMS), caching_of(path), media_type_of(path)) == (stage, caching, content_type)


def test_only_outdated_objects_are_planned():
    files = {
        "a.css": "1",
        "css/b.css": "2",
        "tin-tuc/2026/bai/index.html": "3",
        "tin-tuc/2026/bai/index.json": "4",
        "index.html": "5",
    }
    before = {path: fingerprint(path, digest) for path, digest in files.items()}
    assert plan_upload(files, before) == ()
    before |= {"index.html": "", "css/b.css": f"2 text/css {FOR_GOOD}"}  # may be missing; had other headers
    del before["tin-tuc/2026/bai/index.html"]
    html = "text/html; charset=utf-8"
    assert plan_upload(files, before) == (
        Batch(Stage.FILES, "text/css; charset=utf-8", FOR_GOOD, ("css/b.css",)),
        Batch(Stage.ITEMS, html, FOR_NOW, ("tin-tuc/2026/bai/index.html",)),
        Batch(Stage.HOME, html, FOR_NOW, ("index.html",)),
    )


def test_an_object_is_deleted_when_no_cache_can_have_a_page_that_names_it():
    first = plan_absent({"a"}, {"a", "b", "c"}, {}, NOW)
    assert first == {"b": NOW, "c": NOW}
    later = NOW + RETENTION
    second = plan_absent({"a", "c"}, {"a", "b", "c"}, first, later)  # c is back
    assert second == {"b": NOW}
    assert plan_deletion(second, later) == ()
    assert plan_deletion(second, later + timedelta(seconds=1)) == ("b",)


SETTINGS = {"RCLONE_CONFIG_KHO_TYPE": "s3", "RCLONE_CONFIG_KHO_SECRET_ACCESS_KEY": "m4tkh4u"}


@pytest.mark.parametrize(
    ("remote", "environment", "message"),
    [
        ("kho", SETTINGS, 'Nơi "kho" không đúng dạng. Cách sửa: ghi tên:thùng/thư-mục, ví dụ kho:trang-tin.'),
        ("kho:", SETTINGS, 'Nơi "kho:" không đúng dạng. Cách sửa: ghi tên:thùng/thư-mục, ví dụ kho:trang-tin.'),
        (":s3,secret=x:a", SETTINGS, 'Nơi ":s3,secret=x:a" không đúng dạng. Cách sửa: ghi tên:thùng/thư-mục, ví dụ kho:trang-tin.'),
        (
            "kho:tin",
            {},
            "Chưa có biến môi trường RCLONE_CONFIG_KHO_TYPE. Cách sửa: khai báo kho bằng các biến RCLONE_CONFIG_KHO_….",
        ),
    ],
)
def test_a_malformed_remote_is_refused(remote, environment, message):
    with pytest.raises(WrongUse) as refused:
        Store(remote, environment)
    assert str(refused.value) == message


def test_errors_of_rclone_are_reported_without_secrets():
    store = Store("kho:tin", SETTINGS, lambda arguments, fed, environment: (1, "", "a\nb\nc\nkey m4tkh4u is wrong\n"))
    with pytest.raises(BuildStopped) as stopped:
        store.copy("tree", ["a"], {})
    remedy = "Cách sửa: xem kho có mở không, khóa có còn đúng không, rồi chạy lại: lần sau làm tiếp chỗ dở."
    assert str(stopped.value) == f"rclone không gửi được tới kho:tin: b; c; key … is wrong. {remedy}"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 2}', '{"version": 1, "remote": "kho:tin", "objects": 1, "absent": {}}']
)
def test_a_damaged_state_is_reported(tmp_path, text):
    (tmp_path / "state.json").write_text(text, "utf-8")
    with pytest.raises(WrongUse, match=r"không đọc được\. Cách sửa: xóa tệp ấy; lần đăng sau gửi lại mọi tệp\."):
        read_state(tmp_path / "state.json", "kho:tin")


def test_a_state_is_read_back_and_the_state_of_another_store_is_ignored(tmp_path):
    UploadState(tmp_path / "s", "kho:tin", {"a": "1"}, {"b": NOW}, {"a"}).save()
    assert read_state(tmp_path / "s", "kho:tin") == UploadState(tmp_path / "s", "kho:tin", {"a": "1"}, {"b": NOW}, {"a"})
    assert read_state(tmp_path / "s", "kho:khac") == UploadState(tmp_path / "s", "kho:khac")
