"""The look at a whole site: all is well with a server as the guide sets it up, and each fault planted gives its own line alone."""

import gzip
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, ROOT, SITES, SOAK, build_site
from repositories import git, small_repository
from web_server import Reply, Server, certificate, serving

from chuyendoiso.deploy.bundle import make_bundle
from chuyendoiso.deploy.pending import record_published
from chuyendoiso.ops.doctor.crawler import MAX_REQUESTS
from chuyendoiso.ops.doctor.deployed import read_deployed
from chuyendoiso.ops.doctor.examination import DoctorOptions, examine, findings
from chuyendoiso.system.http import Response

GOOD = """\
Tốt: chứng thư của 127.0.0.1 còn N ngày. [certificate]
Tốt: trang chủ trả lời sau N giây. [home]
Tốt: giờ của máy chủ web khớp với máy này. [clock]
Tốt: http:// chuyển sang https://. [https]
Tốt: danh sách bài đọc được, 9 bài. [manifest]
Tốt: đủ tiêu đề bảo mật ở: trang, trang báo lỗi 404, nguồn tin, tệp mang mã băm, tệp đính kèm. [headers]
Tốt: tệp mang mã băm được giữ lâu, trang và nguồn tin được hỏi lại sớm. [cache]
Tốt: nguồn tin không đổi thì trả lời 304. [conditional]
Tốt: đúng kiểu tệp ở: trang, lịch hội nghị, RSS, Atom, JSON, danh sách bài. [types]
Tốt: 18 trên 18 nguồn tin đọc được, có bài mới nhất. [feeds]
Tốt: 9 bài trên trang đúng như trong nội dung. [content]
Tốt: chính sách nội dung cho phép mọi nơi nhúng ghi trong site.yml. [frames]
Tốt: 1 bài đã gỡ nói rõ là đã gỡ. [withdrawn]
Tốt: 1 địa chỉ cũ dẫn tới địa chỉ mới. [aliases]
Tốt: địa chỉ lạ có trang báo lỗi riêng; không lộ danh sách tệp, tệp ẩn. [closed]
Tốt: 20 trên 20 trang và N liên kết lấy mẫu đều mở được. [links]
Tốt: 20 trang nguyên vẹn, không gọi máy chủ nào khác. [pages]
Tốt: 12 ảnh lấy mẫu nguyên vẹn. [pictures]
Tốt: máy tìm kiếm xem được trang. [search]
Tốt: bản nén của 5 địa chỉ lấy mẫu đúng như bản không nén. [compressed]
Tốt: hỏi 20 lần một trang, lần nào cũng được. [steady]
Tốt: trang đang hiện bản 000001; N tệp lấy mẫu đúng từng byte. [release]
Bỏ qua: không xem commit nào chưa lên trang, vì nội dung không nằm trong kho Git. [commits]"""
NO_REPOSITORY = GOOD.rpartition("\n")[2]


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """The small site over TLS, and how to look at it."""
    folder = tmp_path_factory.mktemp("live")
    pem = certificate(folder)
    content, theme = folder / "content", shutil.copytree(ROOT / "theme", folder / "theme")  # in no repository
    shutil.copytree(SITES / "small", content)
    server = Server(folder / "bundle")
    with (
        serving(server, pem) as port,
        serving(lambda path: Reply(301, {"Location": f"https://127.0.0.1:{port}{path}"}, b"")) as plain,
    ):
        url = f"https://127.0.0.1:{port}/"
        release = build_site(SITES / "small", folder / "output", address=url, publishing=True).release
        make_bundle(release, (), "", server.folder, folder / "cache")
        record_published(folder / "output", release, ())
        trust = ssl.create_default_context(cafile=str(folder / "cert.pem"))
        yield server, DoctorOptions(
            url=url, content=content, theme=theme, mirror=None, disk=None, as_json=False, now=NOW,
            output=folder / "output",
            monotonic=time.monotonic, say=lambda text: None, trust=trust, plain_port=plain,
        )  # fmt: skip


@pytest.fixture
def site(live):
    server, order = live
    server.faults, server.asked, server.now = {}, [], NOW
    return server, order


def lines(order: DoctorOptions) -> list[str]:
    return comparable("\n".join(map(str, findings(order))), order).split("\n")


def comparable(said: str, order: DoctorOptions) -> str:
    """Return a report without what differs from run to run."""
    return re.sub(
        r"(còn|trả lời sau|trang và|bản 000001;) [0-9,]+ (ngày|giây|liên kết|tệp)", r"\1 N \2", said.replace(order.url, "TRANG/")
    )


def wrong(order: DoctorOptions) -> list[str]:
    return [line for line in lines(order) if not line.startswith("Tốt: ") and line != NO_REPOSITORY]


def test_all_is_well_with_a_server_as_the_guide_sets_it_up(site):
    server, order = site
    assert lines(order) == GOOD.split("\n")
    assert len(server.asked) <= MAX_REQUESTS
    reported = []
    assert examine(replace(order, say=reported.append)) == 0
    assert reported[0].splitlines()[-1] == "Tổng cộng: 0 hỏng, 0 nên xem, 1 bỏ qua, 22 tốt."


def headers(**changes: str | None):
    """Return a fault that changes headers; None takes one away."""

    def plant(reply: Reply) -> Reply:
        named = {name.replace("_", "-"): value for name, value in changes.items()}
        retained = {name: value for name, value in reply.headers.items() if name not in named}
        return Reply(reply.status, {**retained, **{name: value for name, value in named.items() if value}}, reply.body)

    return plant


def status(number: int, body: bytes = b"", **reported: str):
    return lambda reply: Reply(number, {**plain(reply).headers, "ETag": "", **reported}, body or uncompressed(reply))


def body(change):
    return lambda reply: Reply(reply.status, plain(reply).headers, change(uncompressed(reply)))


def coded(coding: str, change):
    """Return a fault of the answers in one coding."""
    return lambda reply: (
        Reply(reply.status, reply.headers, change(reply.body)) if reply.headers.get("Content-Encoding") == coding else reply
    )


def plain(reply: Reply) -> Reply:
    """Answer without compression."""
    retained = {name: value for name, value in reply.headers.items() if name != "Content-Encoding"}
    return Reply(reply.status, retained, uncompressed(reply))


def uncompressed(reply: Reply) -> bytes:
    return Response(reply.status, reply.headers, reply.body).content


SEE = "Cách sửa: chép lại các tiêu đề trong cấu hình máy chủ web của dự án, nhớ cho cả trang báo lỗi (nginx: always), rồi nạp lại. [headers]"
EVERYWHERE = "trang, trang báo lỗi 404, nguồn tin, tệp mang mã băm, tệp đính kèm"
SHORTLY = "Cách sửa: đặt Cache-Control: public, max-age=60, stale-while-revalidate=600, stale-if-error=86400. [cache]"
AGAIN = "Cách sửa: đăng lại trang."
PLANTED = {
    "no header of one kind": ("*", headers(Permissions_Policy=None), f"Hỏng: Permissions-Policy không có ở: {EVERYWHERE}. {SEE}"),
    "unsafe policy": (
        "/",
        headers(**{"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; frame-src https://phat.thu-nghiem.vn; frame-ancestors 'none'"}),
        f"Hỏng: Content-Security-Policy cho phép 'unsafe-inline' ở: trang. {SEE}",
    ),
    "bare error page": (
        "/khong-co-trang-nay-bao-gio/",
        status(404, b"<h1>404 Not Found</h1>"),
        "Hỏng: Trang báo lỗi 404 không phải của trang này. Cách sửa: đặt /404.html làm trang báo lỗi 404 của máy chủ web. [closed]",
    ),
    "soft 404": (
        "/khong-co-trang-nay-bao-gio/",
        status(200),
        "Hỏng: Địa chỉ không có thật TRANG/khong-co-trang-nay-bao-gio/ trả lời 200, không phải 404. "
        "Cách sửa: cho máy chủ web trả lời 404 cho địa chỉ không có (nginx: try_files $uri $uri/ =404). [closed]",
    ),
    "pages kept too long": (
        "/",
        headers(Cache_Control="max-age=86400"),
        f'Nên xem: trang TRANG/ có Cache-Control "max-age=86400": bản sửa có thể tới người đọc muộn. {SHORTLY}',
    ),
    "a list of files": (
        "/media/",
        status(200, b"<title>Index of /media/</title>"),
        "Hỏng: Thư mục TRANG/media/ hiện danh sách tệp. Cách sửa: tắt liệt kê thư mục (nginx: autoindex off). [closed]",
    ),
    "the repository served": (
        "/.git/config",
        status(200, b"[core]"),
        "Hỏng: Ai cũng đọc được TRANG/.git/config. Cách sửa: xóa tệp ấy khỏi thư mục phục vụ, cấm mọi đường dẫn có /. ; "
        "nếu có mật khẩu trong đó thì đổi ngay. [closed]",
    ),
    "no 304": (
        "/feeds/tat-ca/rss.xml",
        headers(ETag=None),
        "Nên xem: Hỏi lại TRANG/feeds/tat-ca/rss.xml khi nguồn chưa đổi thì trả lời 200, không phải 304. "
        "Cách sửa: bật ETag và Last-Modified ở máy chủ web (nginx: etag on), đừng để lớp đệm bỏ chúng. [conditional]",
    ),
    "wrong type": (
        "/feeds/tat-ca/atom.xml",
        headers(Content_Type="text/xml"),
        'Hỏng: Atom TRANG/feeds/tat-ca/atom.xml có kiểu "text/xml", phải là application/atom+xml. '
        "Cách sửa: khai báo kiểu application/atom+xml cho tệp này trong máy chủ web. [types]",
    ),
    "calendar of a wrong type": (
        "/lich/hoi-nghi.ics",
        headers(Content_Type="text/plain"),
        'Hỏng: lịch hội nghị TRANG/lich/hoi-nghi.ics có kiểu "text/plain", phải là text/calendar. '
        "Cách sửa: khai báo kiểu text/calendar cho tệp này trong máy chủ web. [types]",
    ),
    "a torn feed": (
        "/feeds/tin-tuc/atom.xml",
        body(lambda data: data[:900]),
        f"Hỏng: Nguồn tin TRANG/feeds/tin-tuc/atom.xml không đọc được: sai dạng RSS, Atom hoặc JSON Feed. {AGAIN} [feeds]",
    ),
    "a feed that is gone": (
        "/feeds/chu-de/kinh-te-so/feed.json",
        status(404),
        f"Hỏng: Nguồn tin TRANG/feeds/chu-de/kinh-te-so/feed.json không mở được: trả lời 404. {AGAIN} [feeds]",
    ),
    "an old feed": (
        "/feeds/van-ban/rss.xml",
        body(lambda data: data.replace(b"Thu, 12 Nov 2026", b"Sun, 01 Nov 2026")),
        "Hỏng: Nguồn tin TRANG/feeds/van-ban/rss.xml chỉ có bài tới 00:00 11/11/2026, trang có bài lúc 00:00 12/11/2026. "
        "Cách sửa: đăng lại trang; nếu trước máy chủ có lớp đệm (CDN) thì xóa đệm của nguồn tin. [feeds]",
    ),
    "an empty feed": (
        "/feeds/van-ban/feed.json",
        body(lambda data: json.dumps({**json.loads(data), "items": []}).encode()),
        f"Hỏng: Nguồn tin TRANG/feeds/van-ban/feed.json không có bài nào. {AGAIN} [feeds]",
    ),
    "a feed of elsewhere": (
        "/feeds/van-ban/feed.json",
        body(lambda data: json.dumps({**json.loads(data), "feed_url": "https://cu.vn/feed.json"}).encode()),
        "Hỏng: Nguồn tin TRANG/feeds/van-ban/feed.json tự ghi địa chỉ là https://cu.vn/feed.json. "
        "Cách sửa: sửa site.url trong site.yml rồi đăng lại. [feeds]",
    ),
    "no list of feeds": (
        "/feeds/nguon-tin.opml",
        body(lambda data: b"<opml>"),
        f"Hỏng: Danh sách nguồn tin TRANG/feeds/nguon-tin.opml không dùng được: nội dung không đọc được. {AGAIN} [feeds]",
    ),
    "a page that is gone": (
        "/gioi-thieu/",
        status(500),
        "Hỏng: Trang TRANG/gioi-thieu/ trong sơ đồ trang không mở được: trả lời 500. Cách sửa: đăng lại trang; "
        "nếu vẫn vậy, xem tệp có trên máy chủ và máy chủ web có quyền đọc không. [links]",
    ),
    "a picture that is gone": (
        "/media/anh/3febf621afea43a7ed76v2-1280.webp",
        status(403),
        "Hỏng: Ảnh TRANG/media/anh/3febf621afea43a7ed76v2-1280.webp không mở được: trả lời 403. "
        "Cách sửa: đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web. [pictures]",
    ),
    "a withdrawn item that is gone": (
        "/tin-tuc/2026/da-go/",
        status(404),
        "Hỏng: Địa chỉ của bài đã gỡ TRANG/tin-tuc/2026/da-go/ trả lời 404. "
        "Cách sửa: đăng lại trang; đừng xóa tệp của bài đã gỡ. [withdrawn]",
    ),
    "a withdrawn item that is read": (
        "/tin-tuc/2026/da-go/",
        body(lambda data: data.replace("Thông tin không còn đúng.".encode(), b"")),
        "Hỏng: Địa chỉ của bài đã gỡ TRANG/tin-tuc/2026/da-go/ không nói lý do gỡ. "
        "Cách sửa: đăng lại trang; đừng xóa tệp của bài đã gỡ. [withdrawn]",
    ),
    "a former address that is gone": (
        "/tin-tuc/2026/hoi-nghi-cu/",
        status(404),
        "Hỏng: Địa chỉ cũ TRANG/tin-tuc/2026/hoi-nghi-cu/ không dẫn tới TRANG/tin-tuc/2026/hoi-nghi/: trả lời 404. "
        "Cách sửa: giữ dòng aliases: của bài rồi đăng lại trang. [aliases]",
    ),
    "a torn list of items": (
        "/manifest.json",
        body(lambda data: data[:-9]),
        "Hỏng: Không đọc được TRANG/manifest.json: nội dung không đúng dạng. "
        "Cách sửa: đăng lại trang; tệp này do lần dựng tạo ra và không được thiếu. [manifest]",
    ),
}  # fmt: skip


def edited(change):
    """Return a fault that changes the text of pages; each comes without compression."""

    def plant(reply: Reply) -> Reply:
        if reply.status != 200 or reply.headers["Content-Type"] != "text/html":
            return reply
        return Reply(200, plain(reply).headers, change(uncompressed(reply).decode()).encode())

    return plant


def added(element: str):
    """Return a fault that puts an element into a page's head."""
    return edited(lambda text: text.replace("</head>", f"{element}</head>"))


class Now:
    """Answers 500 to each third question for a page from the third on."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, reply: Reply) -> Reply:
        self.asked += 1
        return Reply(500, reply.headers, b"") if self.asked > 3 and self.asked % 3 == 0 else reply


CDN = "Cách sửa: đăng lại trang; nếu trước máy chủ có lớp đệm (CDN) thì xóa đệm của địa chỉ ấy. [compressed]"
SHARED = (
    "lớp đệm có thể đưa bản nén cho máy không đọc được. "
    "Cách sửa: chạy lại invoke nginx rồi nạp lại nginx (gzip_vary on); CDN phải giữ tiêu đề ấy. [compressed]"
)
DISK = "Cách sửa: đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web. [pictures]"
WHO = "Cách sửa: xem ai, hay phần mềm nào ở giữa, đã sửa tệp trên máy chủ; đăng lại trang. [pages]"
PLANTED |= {
    "a broken gzip": ("/", coded("gzip", lambda data: data[:300]), f"Hỏng: TRANG/: bản nén gzip bị hỏng, trình duyệt không mở được. {CDN}"),
    "a broken Brotli": (
        "/feeds/tat-ca/rss.xml",
        coded("br", lambda data: data[:99] + b"\0" + data[100:]),
        f"Hỏng: TRANG/feeds/tat-ca/rss.xml: bản nén br bị hỏng, trình duyệt không mở được. {CDN}",
    ),
    "no gzip but named so": (
        "/",
        coded("gzip", lambda data: b"<!doctype html></html>"),
        f"Hỏng: TRANG/: bản nén gzip bị hỏng, trình duyệt không mở được. {CDN}",
    ),
    "a stale gzip": (
        "/feeds/tat-ca/rss.xml",
        coded("gzip", lambda data: gzip.compress(gzip.decompress(data).replace(b"<title>", b"<title>C"))),
        f"Hỏng: Bản nén gzip của TRANG/feeds/tat-ca/rss.xml khác bản không nén. {CDN}",
    ),
    "an unknown coding": (
        "/",
        lambda reply: Reply(200, {**reply.headers, **({"Content-Encoding": "zstd"} if "Content-Encoding" in reply.headers else {})}, reply.body),
        f"Hỏng: TRANG/: nén bằng zstd, kiểu không ai hỏi, trình duyệt không mở được. {CDN}",
    ),
    "no compression": (
        "*",
        plain,
        "Nên xem: Trang và kiểu dáng không được nén, nên tải chậm gấp ba. Cách sửa: bật nén ở máy chủ web (nginx: gzip_static on). [compressed]",
    ),
    "a policy of before": (
        "/",
        headers(Content_Security_Policy="default-src 'none'; frame-src https://cu.vn; frame-ancestors 'none'"),
        "Hỏng: Buổi phát từ https://phat.thu-nghiem.vn bị chặn trong trang (có trong livestream_hosts của site.yml). "
        "Cách sửa: chạy lại invoke nginx, rồi nạp lại nginx. [frames]",
    ),
    "no Vary": ("*", headers(Vary=None), f"Hỏng: 5 địa chỉ có bản nén mà không gửi Vary: Accept-Encoding, ví dụ TRANG/: {SHARED}"),
    "no Vary with the plain answer": (
        "/feeds/tat-ca/rss.xml",
        lambda reply: reply if "Content-Encoding" in reply.headers else headers(Vary="Origin")(reply),
        f"Hỏng: 1 địa chỉ có bản nén mà không gửi Vary: Accept-Encoding, ví dụ TRANG/feeds/tat-ca/rss.xml: {SHARED}",
    ),
    "half a picture": ("PICTURE", body(lambda data: data[: len(data) // 2]), f"Hỏng: Ảnh TRANG/PICTURE bị cụt. {DISK}"),
    "an empty picture": ("PICTURE", body(lambda data: b""), f"Hỏng: Ảnh TRANG/PICTURE rỗng. {DISK}"),
    "no picture": ("PICTURE", body(lambda data: b"Too many requests"), f"Hỏng: Ảnh TRANG/PICTURE không phải là ảnh. {DISK}"),
    "a script of elsewhere": (
        "/", added('<script src="https://cdn.la.vn/a.js"></script>'), f"Hỏng: Trang TRANG/ gọi máy chủ khác: https://cdn.la.vn/a.js. {WHO}",
    ),
    "a script within": ("/", added("<script>alert(1)</script>"), f"Hỏng: Trang TRANG/ có mã chạy nằm ngay trong trang. {WHO}"),
    "a frame of elsewhere": (
        "/gioi-thieu/", added('<iframe src="//la.vn/"></iframe>'), f"Hỏng: Trang TRANG/gioi-thieu/ gọi máy chủ khác: https://la.vn/. {WHO}",
    ),
    "a style of elsewhere": (
        "/", added('<link rel="stylesheet" href="https://la.vn/a.css">'), f"Hỏng: Trang TRANG/ gọi máy chủ khác: https://la.vn/a.css. {WHO}",
    ),
    "a counter of elsewhere": (
        "/", added('<img src="https://dem.la.vn/1.gif" alt="">'), f"Hỏng: Trang TRANG/ gọi máy chủ khác: https://dem.la.vn/1.gif. {WHO}",
    ),
    "mixed content": (
        "/",
        edited(lambda text: text.replace("</main>", '<img src="http://127.0.0.1/icons/favicon.svg" alt=""></main>')),
        "Hỏng: Trang TRANG/ gọi http://127.0.0.1/icons/favicon.svg không qua https, trình duyệt chặn. "
        "Cách sửa: đổi site.url thành https:// rồi đăng lại. [pages]",
    ),
    "half a page": (
        "/gioi-thieu/",
        edited(lambda text: text[: text.index("</main>")]),
        "Hỏng: Trang TRANG/gioi-thieu/ bị cụt. Cách sửa: đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web có đầy không. [pages]",
    ),
    "robots shut out": (
        "/robots.txt",
        lambda reply: Reply(200, plain(reply).headers, b"User-agent: *\nDisallow: /\n"),
        "Hỏng: TRANG/robots.txt cấm máy tìm kiếm xem 20 trang, ví dụ TRANG/. "
        "Cách sửa: bỏ dòng Disallow ấy; robots.txt của cả tên miền có thể do nơi khác giữ. [search]",
    ),
    "robots shut out by a header": (
        "/",
        headers(X_Robots_Tag="noindex, nofollow"),
        'Hỏng: Trang TRANG/ có tiêu đề X-Robots-Tag "noindex, nofollow": máy tìm kiếm bỏ qua trang. '
        "Cách sửa: bỏ tiêu đề X-Robots-Tag trong cấu hình máy chủ web, hoặc ở lớp đệm phía trước. [search]",
    ),
    "robots shut out by a page": (
        "/gioi-thieu/",
        added('<meta name="robots" content="noindex">'),
        f"Hỏng: Trang TRANG/gioi-thieu/ tự bảo máy tìm kiếm bỏ qua (meta robots noindex). {WHO.replace('pages', 'search')}",
    ),
    "answers now and then": (
        "SAMPLE",
        Now(),
        "Hỏng: Trang TRANG/SAMPLE lúc được lúc không: hỏi 20 lần thì 7 lần trả lời 500. Cách sửa: xem nhật ký lỗi của máy chủ web và của từng máy "
        "sau bộ chia tải: bộ nhớ, số tệp mở, máy nào hỏng. [steady]",
    ),
}  # fmt: skip
STRANGER = "Bỏ qua: không so với bản đã đăng, vì trang này không được đăng từ máy này. [release]"


@pytest.fixture(scope="module")
def sampled(live):
    """The first page of the sample of this day, and a picture of it."""
    server, order = live
    server.faults, server.asked = {}, []
    list(findings(order))
    fetched = [line.partition(" ")[2] for line in server.asked if line.startswith("GET ")]
    pages = fetched[fetched.index("/sitemap.xml") + 1 :]
    return {"SAMPLE": pages[0], "PICTURE": next(path for path in pages if path.endswith((".webp", ".svg", ".jpg")))}


@pytest.mark.soak
@pytest.mark.parametrize("name", list(PLANTED)[:: 1 if SOAK else 3])
def test_a_fault_gives_its_own_line_alone(site, sampled, name):
    server, order = site
    path, fault, line = PLANTED[name]
    server.faults, said = {sampled.get(path, path): fault}, []
    assert examine(replace(order, output=None, say=said.append)) == 1
    for placeholder, shown in sampled.items():
        line = line.replace(f"/{placeholder}", shown)
    assert [one for one in comparable(said[0], order).splitlines()[:-1] if not one.startswith("Tốt: ")] == [line, STRANGER]


def test_clocks_that_disagree_are_reported_in_either_direction(site):
    server, order = site
    remedy = "Cách sửa: bật đồng bộ giờ ở cả hai máy (timedatectl set-ntp true), rồi xem lại bài hẹn giờ. [clock]"
    for minutes, reported in ((0, None), (1, None), (-1, None), (7, "nhanh hơn máy này 7 phút"), (-7, "chậm hơn máy này 7 phút")):
        server.now = NOW + timedelta(minutes=minutes)
        assert wrong(order) == ([f"Hỏng: Giờ của máy chủ web {reported}. {remedy}"] if reported else [])


# ── what was published from here ────────────────────────────────────────────────────────────────────────────────────────

FOLDER = "Cách sửa: xem máy chủ web có đọc đúng thư mục www của nơi đăng không (nginx: root), rồi chạy lại make publish. [release]"
CHANGED = (
    "Cách sửa: xem ai sửa thẳng trên máy chủ, lớp đệm (CDN) có giữ bản cũ hoặc chèn gì không; rồi chạy lại make publish. [release]"
)
CHANGES = {
    "another release": (
        {"/release.txt": lambda reply: Reply(200, plain(reply).headers, b"0" * 64)},
        [f"Hỏng: Trang đang hiện một bản không phải bản 000001 đã đăng từ máy này. {FOLDER}"],
    ),
    "no mark": (
        {"/release.txt": lambda reply: Reply(404, plain(reply).headers, b"")},
        [f"Hỏng: Không biết trang đang hiện bản nào: TRANG/release.txt trả lời 404; bản đã đăng là 000001. {FOLDER}"],
    ),
    "a changed page": (
        {"/gioi-thieu/": edited(lambda text: text.replace("Giới thiệu", "Giới thiêu"))},
        [f"Hỏng: TRANG/gioi-thieu/ khác bản đã đăng. {CHANGED}"],
    ),
    "a changed home page": ({"/": edited(lambda text: text.replace("href=", "href= "))}, [f"Hỏng: TRANG/ khác bản đã đăng. {CHANGED}"]),
    "a changed feed": (
        {"/feeds/van-ban/atom.xml": lambda reply: Reply(200, plain(reply).headers, uncompressed(reply).replace(b"<title>", b"<title> "))},
        [f"Hỏng: TRANG/feeds/van-ban/atom.xml khác bản đã đăng. {CHANGED}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_served_is_held_against_what_was_published(site, name):
    server, order = site
    server.faults, reported = CHANGES[name]
    assert wrong(order) == reported


def test_what_a_cache_still_has_of_the_release_before_is_no_fault_for_twenty_minutes(site):
    """The home page and the mark are of before; the clock of the server's answer is that of when the cache got it."""
    server, order = site
    for minutes, reported in ((10, []), (30, [f"Hỏng: TRANG/ khác bản đã đăng. {CHANGED}"])):
        at = NOW + timedelta(minutes=minutes)
        server.now = at - timedelta(minutes=40)
        server.faults = {"*": headers(Age=str(40 * 60)), "/": edited(lambda text: text.replace("href=", "href= "))}
        assert wrong(replace(order, now=at, content=None))[1:-1] == reported


def test_an_old_folder_is_reported_by_its_release_and_alone(site, tmp_path):
    """Its list of items is that of the new one: all that publishing looked at, once."""
    order = site[1]
    content = Path(shutil.copytree(SITES / "small", tmp_path / "content"))
    new = build_site(content, tmp_path / "output", address=order.url, publishing=True).release
    article = content / "trang/gioi-thieu.md"
    article.write_text(article.read_text("utf-8") + "\nThêm một câu.\n", "utf-8")
    new = build_site(content, tmp_path / "output", address=order.url, publishing=True).release
    record_published(tmp_path / "output", new, ())
    assert wrong(replace(order, content=content, output=tmp_path / "output")) == [
        "Hỏng: Trang đang hiện bản cũ 000001, không phải bản 000002 đã đăng. "
        f"Cách sửa: nếu vừa cố ý quay lại bản cũ thì sửa nội dung rồi đăng lại; nếu không, {FOLDER.removeprefix('Cách sửa: ')}"
    ]


def test_a_release_with_the_files_of_an_older_one_is_that_release(site, tmp_path):
    """After `rollback` and a publication that changed nothing."""
    order, output = site[1], tmp_path / "output"
    content = Path(shutil.copytree(SITES / "small", tmp_path / "content"))
    article = content / "trang/gioi-thieu.md"
    text = article.read_text("utf-8")
    for written in (text, text + "\nThêm một câu.\n", text):
        article.write_text(written, "utf-8")
        record_published(output, build_site(content, output, address=order.url, publishing=True).release, ())
    assert read_deployed(output, order.url).name == "000003"
    assert [line for line in wrong(replace(order, content=content, output=output)) if "[release]" in line] == []


def test_a_release_that_comes_during_the_look_is_no_fault(site, monkeypatch):
    _, order = site
    first = read_deployed(order.output, order.url)
    answers = iter([first, replace(first, name="000002", mark="x")])
    monkeypatch.setattr("chuyendoiso.ops.doctor.examination.read_deployed", lambda output, url: next(answers))
    assert wrong(order) == ["Bỏ qua: không so với bản đã đăng, vì có bản mới được đăng trong lúc xem. [release]"]


@pytest.mark.parametrize(("minutes", "late"), [(10, False), (30, True)])
def test_a_commit_that_does_not_come_to_the_site_is_reported(site, tmp_path, minutes, late):
    _, order = site
    root = small_repository(tmp_path / "kho")
    when = (NOW - timedelta(minutes=minutes)).astimezone(UTC).isoformat()
    git(root, "commit", "-q", "--allow-empty", "-m", "Sửa", when=when.removesuffix("+00:00"))
    commit = git(root, "rev-parse", "HEAD")[:12]
    found = [line for line in wrong(replace(order, content=root / "content", theme=root)) if "[commits]" in line]
    assert [re.sub(r"từ [\d:/ ]+", "từ GIỜ ", line) for line in found] == [
        f"Hỏng: Commit {commit} (project) có trên máy này từ GIỜ mà chưa lên trang. Cách sửa: xem lịch đăng có chạy không "
        "(systemctl list-timers publish.timer), nhật ký nói gì (journalctl -u publish.service). [commits]"
    ] * late


@pytest.mark.soak
def test_a_healthy_site_has_no_finding(site):
    """Each day looks at another sample."""
    server, order = site
    for day in range(200 if SOAK else 3):
        server.now = NOW + timedelta(days=day)
        trust = replace(order, now=server.now, content=order.content if day < 20 else None)  # then an item comes
        assert [line for line in wrong(trust) if not re.search(r"\[certificate\]$|vì không có --content", line)] == [], day


HOSTILE = [
    b"",
    b"\xff\xfe\x00",
    b"[" * 99999,
    b"{}",
    b"<rss/>",
    b"<x" * 9999,
    b'<a href="http://["><a href="//\x00"><img srcset=", ,">',
]


@pytest.mark.soak
@pytest.mark.parametrize("data", HOSTILE if SOAK else HOSTILE[2:3])
def test_whatever_the_site_answers_is_reported_in_lines(site, data):
    server, order = site
    server.faults = {"*": lambda reply: Reply(200, reply.headers, data)}
    assert wrong(order) != []
    listing = (server.folder / "manifest.json").read_bytes()
    server.faults["*"] = lambda reply: reply if reply.body == listing else Reply(200, reply.headers, data)
    assert wrong(order) != []


@pytest.mark.parametrize(
    "change",
    [
        {"url": 1}, {"url": "file:///etc/"}, {"site": None}, {"items": {}}, {"items": [1]}, {"withdrawn": [{"path": [], "reason": ""}]},
        {"withdrawn": [{"path": "//khac.vn/", "reason": ""}, {"path": "http://khac.vn/", "reason": ""}]},
    ],
)  # fmt: skip
def test_whatever_the_list_of_items_names_is_reported_in_lines(site, change):
    server, order = site
    server.faults = {"/manifest.json": body(lambda data: json.dumps({**json.loads(data), **change}).encode())}
    assert wrong(order) != []


def test_what_is_well_answered_otherwise_is_well(site):
    server, order = site
    server.faults = {
        "/tin-tuc/2026/da-go/": status(410),
        "/tin-tuc/2026/hoi-nghi-cu/": status(301, b"-", Location="/tin-tuc/2026/hoi-nghi/"),
        "/media/": status(403),
    }
    assert wrong(order) == []


def test_hashed_files_that_are_asked_for_again_are_reported(site):
    server, order = site
    sheet = next(path.name for path in (server.folder / "css").iterdir() if re.fullmatch(r"news-\w+\.css", path.name))
    listing = next(path.name for path in (server.folder / "css").iterdir() if re.fullmatch(r"listing-\w+\.css", path.name))
    server.faults = {f"/css/{name}": headers(Cache_Control="max-age=3600") for name in (sheet, listing)}
    assert [re.sub(r"css/\S+", "css/X", line) for line in wrong(order)] == [
        'Nên xem: tệp mang mã băm TRANG/css/X có Cache-Control "max-age=3600" nên bị tải lại mãi. '
        "Cách sửa: đặt Cache-Control: public, max-age=31536000, immutable cho css, js, media/anh và media/the. [cache]"
    ]


def test_a_home_page_that_does_not_answer_ends_the_look(site):
    server, order = site
    server.faults = {"/": status(502)}
    assert wrong(order) == [
        "Hỏng: Trang chủ TRANG/ không mở được: trả lời 502. Cách sửa: xem máy chủ web có chạy không, tên miền có trỏ đúng máy không, "
        "thư mục của trang có index.html không. [home]",
        "Bỏ qua: không xem phần còn lại của trang, vì trang chủ không mở được. [site]",
    ]
    assert server.asked == ["GET /"]


# ── the content ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "reported"),
    [
        (
            lambda content, text: (content / "tin-tuc/2026/moi.md").write_text(text.replace("2026-11-18", "2026-11-24 11:00"), "utf-8"),
            'Hỏng: Bài "Chợ phiên lên mạng" (/tin-tuc/2026/moi/) đã tới giờ lên trang (11:00 24/11/2026) mà chưa có. '
            "Cách sửa: xem lịch chạy make publish có còn chạy không. [content]",
        ),
        (
            lambda content, text: (content / "tin-tuc/2026/moi.md").write_text(text.replace("2026-11-18", "2026-11-24 11:55"), "utf-8"),
            None,  # the build that brings it may be under way
        ),
        (
            lambda content, text: (content / "tin-tuc/2026/moi.md").write_text(text.replace("2026-11-18", "2026-11-17"), "utf-8"),
            'Hỏng: Bài "Chợ phiên lên mạng" (/tin-tuc/2026/moi/) có trong nội dung mà không có trên trang. '
            "Cách sửa: chạy make publish. [content]",
        ),
        (
            lambda content, text: (content / "tin-tuc/2026/cho-phien.md").write_text(text.replace("Chợ phiên", "Phiên chợ"), "utf-8"),
            'Hỏng: Bài "Phiên chợ lên mạng" (/tin-tuc/2026/cho-phien/) trên trang còn mang tên cũ. Cách sửa: chạy make publish. [content]',
        ),
        (
            lambda content, text: (content / "tin-tuc/2026/cho-phien.md").write_text(text.replace("tags:", "status: draft\ntags:"), "utf-8"),
            'Hỏng: Bài "Chợ phiên lên mạng" (/tin-tuc/2026/cho-phien/) còn trên trang mà nội dung không còn đăng. '
            "Cách sửa: chạy make publish, rồi xem bài đã rời trang. [content]",
        ),
        (
            lambda content, text: (content / "tin-tuc/2026/cho-phien.md").write_text("", "utf-8"),
            "Bỏ qua: không so được trang với nội dung: content/ còn lỗi, chạy make check để xem. [content]",
        ),
        (
            lambda content, text: shutil.rmtree(content),
            "Bỏ qua: không so được trang với nội dung: không có thư mục NỘI-DUNG. [content]",
        ),
    ],
)  # fmt: skip
def test_the_site_is_held_against_the_content(site, small_content, change, reported):
    _, order = site
    change(small_content, (small_content / "tin-tuc/2026/cho-phien.md").read_text("utf-8"))
    found = [line.replace(str(small_content), "NỘI-DUNG") for line in wrong(replace(order, content=small_content))]
    assert found == ([reported] if reported else [])
    assert sorted(path.name for path in small_content.parent.iterdir()) in ([], ["content"])  # nothing is written beside it


def test_without_content_that_is_said(site):
    _, order = site
    assert wrong(replace(order, content=None)) == [
        "Bỏ qua: không so trang với nội dung, vì không có --content. [content]",
        "Bỏ qua: không xem commit nào chưa lên trang, vì không có --content. [commits]",
    ]
    assert examine(replace(order, content=None)) == 0


# ── a mirror ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def rewritten(folder: Path, change) -> Path:
    listing = json.loads((folder / "manifest.json").read_text("utf-8"))
    change(listing["items"])
    (folder / "manifest.json").write_text(json.dumps(listing), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "reported"),
    [
        (lambda folder: None, []),
        (
            lambda folder: rewritten(folder, lambda items: items[0].update(updated="2026-11-21T06:30:00+07:00")),
            ["Nên xem: Bản sao BẢN-SAO/ chậm hơn trang chính 2 giờ 30 phút."],
        ),
        (
            lambda folder: rewritten(folder, lambda items: items.pop(0)),
            ["Hỏng: Bản sao BẢN-SAO/ chậm hơn trang chính 2 ngày 2 giờ."],
        ),
        (lambda folder: rewritten(folder, lambda items: items.clear()), ["Hỏng: Bản sao BẢN-SAO/ chưa có bài nào."]),
        (
            lambda folder: rewritten(folder, lambda items: items[1].update(sha256="0")),
            ["Nên xem: Bản sao BẢN-SAO/ khác trang chính ở: /tin-tuc/2026/to-cong-nghe/."],
        ),
        (lambda folder: (folder / "sitemap.xml").unlink(), ["Nên xem: Bản sao BẢN-SAO/ khác trang chính ở: /sitemap.xml."]),
        (
            lambda folder: (folder / "manifest.json").unlink(),
            ["Hỏng: Không đọc được danh sách bài của bản sao BẢN-SAO/: trả lời 404."],
        ),
    ],
)
def test_a_mirror_is_held_against_the_site(site, tmp_path, change, reported):
    server, order = site
    folder = Path(shutil.copytree(server.folder, tmp_path / "mirror", ignore=shutil.ignore_patterns("*.gz", "*.br")))
    change(folder)
    with serving(Server(folder)) as port:
        found = wrong(replace(order, mirror=f"http://127.0.0.1:{port}"))
    remedy = " Cách sửa: xem việc chép sang bản sao có chạy không, rồi chép lại. [mirror]"
    assert [line.replace(f"http://127.0.0.1:{port}", "BẢN-SAO") for line in found] == [line + remedy for line in reported]


# ── the surroundings ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_site_is_looked_at_under_another_address_than_its_own(site):
    """As a server is before its name leads to it; and over http, where no redirect and no certificate is asked for."""
    server, order = site
    with serving(Server(server.folder)) as port:
        found = [str(one) for one in findings(replace(order, url=f"http://127.0.0.1:{port}"))]
        found = [line for line in found if not line.startswith("Tốt: ") and line != NO_REPOSITORY]
    found = [line.replace(f"http://127.0.0.1:{port}", "NƠI-KHÁC").replace(order.url, "TRANG/") for line in found]
    assert found == [
        "Hỏng: Địa chỉ NƠI-KHÁC/ không dùng https. Cách sửa: cài chứng thư, mở cổng 443, đổi site.url thành https://. [https]",
        "Nên xem: Trang tự ghi địa chỉ là TRANG/, khác địa chỉ đang xem NƠI-KHÁC/. "
        "Cách sửa: nếu trang đã đổi địa chỉ thì sửa site.url trong site.yml rồi đăng lại. [manifest]",
    ]


@pytest.mark.parametrize(
    ("reply", "reported"),
    [
        (Reply(200, {}, b"-"), "Hỏng: Địa chỉ HTTP/ trả lời 200, không chuyển sang https."),
        (Reply(301, {"Location": "http://www.thu.vn/"}, b""), "Hỏng: Địa chỉ HTTP/ trả lời 301, dẫn tới http://www.thu.vn/, không chuyển sang https."),
        (Reply(302, {"Location": "TRANG"}, b""), "Nên xem: Địa chỉ HTTP/ chuyển sang https bằng mã tạm thời 302."),
    ],
)  # fmt: skip
def test_who_leaves_out_the_s_must_get_to_https(site, reply, reported):
    _, order = site
    reply.headers.update({name: order.url for name, value in reply.headers.items() if value == "TRANG"})
    with serving(lambda path: reply) as port:
        found = [line.replace(f"http://127.0.0.1:{port}", "HTTP") for line in wrong(replace(order, plain_port=port))]
    assert found == [f"{reported} Cách sửa: cho máy chủ web chuyển mọi địa chỉ http:// sang TRANG/ bằng mã 301. [https]"]


def test_a_feed_that_stays_on_http_is_reported(site):
    _, order = site
    home = Reply(301, {"Location": order.url}, b"")
    with serving(lambda path: home if path == "/" else Reply(200, {}, b"<rss/>")) as port:
        found = [line.replace(f"http://127.0.0.1:{port}", "HTTP") for line in wrong(replace(order, plain_port=port))]
    assert found == [
        "Hỏng: Địa chỉ HTTP/feeds/tat-ca/rss.xml trả lời 200, không chuyển sang https. "
        "Cách sửa: cho máy chủ web chuyển mọi địa chỉ http:// sang TRANG/ bằng mã 301. [https]"
    ]


def test_a_certificate_that_nobody_trusts_and_one_of_another_name(site, tmp_path):
    server, order = site
    remedy = "Cách sửa: cài chứng thư đúng tên miền do nơi được tin cậy cấp, kèm chứng thư trung gian, rồi nạp lại máy chủ web. [certificate]"
    untrusted = next(iter(findings(replace(order, trust=None))))
    assert str(untrusted) == f"Hỏng: Chứng thư của 127.0.0.1 không dùng được: tự ký, không do nơi được tin cậy cấp. {remedy}"
    pem = certificate(tmp_path, "DNS:khac.vn")
    trust = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with serving(Server(server.folder), pem) as port:
        other = next(iter(findings(replace(order, url=f"https://127.0.0.1:{port}/", trust=trust))))
    assert str(other) == f"Hỏng: Chứng thư của 127.0.0.1 không dùng được: cấp cho địa chỉ khác. {remedy}"


def test_a_look_is_bounded_in_time(site):
    server, order = site
    late = replace(order, monotonic=lambda: 0.0 if len(server.asked) < 5 else 200.0)
    message = "Nên xem: Chưa xem hết: đã dừng sau 7 lượt hỏi, vì hết lượt hoặc hết giờ của một lần xem."
    assert wrong(late) == [f"{message} Cách sửa: xem vì sao trang trả lời chậm, rồi chạy lại. [limits]"]
    assert len(server.asked) == 5  # and two over http


def test_the_command_as_it_is_typed(site):
    server, order = site
    environment = {**os.environ, "SSL_CERT_FILE": str(server.folder.parent / "cert.pem")}
    command = [sys.executable, "-m", "invoke", "doctor"]
    server.now = datetime.now(UTC)

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, env=environment, check=False)

    reported = run("--url", order.url, "--json", "--disk", "/")
    listed = json.loads(reported.stdout)
    assert {tuple(one) for one in listed} == {("level", "check", "message", "remedy")}
    assert [one["check"] for one in listed if one["level"] in {"broken", "warning"} and one["check"] not in {"disk", "https"}] == []
    assert [run(*words).returncode for words in ([], ["--url", "khong-phai"])] == [2, 2]
    missing = run("--url", order.url, "--disk", "/khong/co")
    line = "Không xem được ổ đĩa của /khong/co: không có tệp ấy. Cách sửa: chỉ một thư mục có thật bằng --disk."
    assert (missing.returncode, missing.stdout, missing.stderr.strip()) == (2, "", line)
