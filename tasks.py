"""The commands. Each is a few lines; the work is in the package `chuyendoiso`."""

import functools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = False  # as invoke sets it: compiling the package anew takes longer than a small build
DEMO = ROOT / ".demo"
PREVIEW = ROOT / ".preview"
REVIEW = ROOT / ".review"
# the tests start hundreds of processes: compiling the package in each takes longer than what most of them do
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


def told(work: Callable[..., None]) -> Callable[..., None]:
    """Turn what stops a build into its plain message and exit status; no traceback for anything an editor can cause."""

    @functools.wraps(work)
    def wrapped(*arguments: Any, **options: Any) -> None:
        from chuyendoiso.system.errors import BuildStopped
        from chuyendoiso.system.progress import make_legible

        make_legible()
        try:
            work(*arguments, **options)
        except BuildStopped as stopped:
            raise Exit(str(stopped), code=stopped.exitcode) from None
        except (KeyboardInterrupt, EOFError):
            raise Exit("Đã dừng theo yêu cầu.", code=130) from None
        except (MemoryError, ImportError) as error:
            if isinstance(error, ImportError) and "failed to map segment" not in str(error):  # as dlopen(3) has no memory
                raise
            message = "Máy không đủ bộ nhớ. Trang cũ vẫn còn nguyên. Cách sửa: đóng bớt chương trình rồi chạy lại."
            raise Exit(message, code=1) from None

    return wrapped


def _build(conf: str, content: str, output: str, **overrides: Any) -> None:
    from chuyendoiso.build.command import run_build

    places = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(Path(output).absolute())}
    run_build(ROOT / conf, places | overrides)


def _publish(
    content: Path, output: Path, commits: tuple[str, ...], *, wait: int, check: bool = True, allow_shrink: bool = False
) -> None:
    """Build, say what changes for readers, and bring the release to its place, under the output's lock."""
    import time

    import publishconf
    from chuyendoiso.authoring.command import review_of
    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.deploy.publish import Order, bring_out
    from chuyendoiso.ops.origin import write_origin
    from chuyendoiso.release.store import published_folders

    before = next(reversed(published_folders(output)), None)
    _build("publishconf.py", str(content), str(output), ALLOW_SHRINK=allow_shrink)
    site = site_of(content)
    write_origin(content, ROOT, output, site.feed_authority)
    REVIEW.mkdir(exist_ok=True)
    print(review_of(content, ROOT / "theme", output, before, REVIEW / "review.html"))
    bring_out(
        Order(
            output=output, site=site, target=publishconf.DEPLOY_TO, ssh=tuple(publishconf.DEPLOY_SSH), wait=wait, check=check,
            commits=commits, store=_store(publishconf.DEPLOY_STORE, output),
            nginx=Path(publishconf.NGINX_FOLDER) if publishconf.NGINX_FOLDER else None, after=tuple(publishconf.NGINX_RELOAD),
            monotonic=time.monotonic, sleep=time.sleep, say=print,
        )
    )  # fmt: skip


def _address(text: str) -> str | None:
    if not text:
        return None
    from chuyendoiso.model.parsers import Wrong, parse_site_address

    try:
        return parse_site_address(text)
    except Wrong as wrong:
        raise Exit(f"{wrong.message.replace('{label}', 'Địa chỉ')} Cách sửa: {wrong.remedy}", code=2) from None


def _store(remote: str | None, output: Path) -> Callable[..., str] | None:
    """Return what brings a release to an object store; None where none is named."""
    if not remote:
        return None
    import os
    from datetime import UTC, datetime

    from chuyendoiso.deploy.object_store.upload import deploy_to_store
    from chuyendoiso.ops.trees import digests_of
    from chuyendoiso.release.manifest import Release
    from chuyendoiso.release.store import releases_folder

    state = releases_folder(output) / "store-state"

    def send(release: Release) -> str:
        return deploy_to_store(output, digests_of(release), release.mark, remote, state, os.environ, lambda: datetime.now(UTC))

    return send


def _need(module: str, command: str) -> None:
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise Exit(f"Chưa cài {module}. Cách sửa: chạy {command}, lệnh này tự cài.", code=2)


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        from chuyendoiso.system.os_errors import explain

        raise Exit(f"Không ghi được {file}: {explain(error)}.", code=1) from None


@task(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
        "preview": "hiện cả bản nháp và bài hẹn giờ",
        "address": "địa chỉ của bản xem trước, khi đặt ở nơi khác site.yml ghi",
        "quiet": "không in gì",
        "allow-shrink": "chấp nhận bản mới nhỏ hơn hẳn bản đã đăng",
        "wait": "số giây đợi một lần dựng khác xong",
        "explain": "nói vì sao tạo lại từng tệp",
    }
)
@told
def build(
    c: Context,
    content: str = "content",
    output: str = "output",
    preview: bool = False,
    address: str = "",
    quiet: bool = False,
    allow_shrink: bool = False,
    wait: int = 0,
    explain: bool = False,
) -> None:
    """Kiểm tra nội dung rồi dựng trang vào output/."""
    if address and not preview:
        raise Exit("--address chỉ dùng cùng --preview: địa chỉ của trang thật nằm trong site.yml.", code=2)
    elsewhere = _address(address)
    _build(
        "pelicanconf.py",
        content,
        output,
        PREVIEW=preview,
        ADDRESS=elsewhere,
        QUIET=quiet,
        ALLOW_SHRINK=allow_shrink,
        WAIT=wait,
        EXPLAIN=explain,
    )


@task(
    help={
        "content": "thư mục nội dung",
        "json": "in lỗi ra dạng JSON",
        "fix": "tự sửa những lỗi sửa được an toàn",
        "drafts": "bản nháp chưa xong cũng tính là lỗi",
    }
)
@told
def check(c: Context, content: str = "content", json: bool = False, fix: bool = False, drafts: bool = False) -> None:
    """Chỉ kiểm tra nội dung, không dựng trang."""
    from chuyendoiso.authoring.check import check_content

    asking = input if fix and sys.stdin.isatty() else None
    sys.exit(check_content(Path(content).resolve(), ROOT / "theme", as_json=json, fix=fix, drafts=drafts, ask=asking))


@task(
    help={
        "content": "thư mục nội dung",
        "kind": "loại bài: tin-tuc, van-ban, tap-huan, trang",
        "title": "tên bài",
        "number": "số, ký hiệu, nếu là văn bản",
        "slug": "tên trong địa chỉ; không ghi thì lấy từ tên bài",
    }
)
@told
def new(c: Context, content: str = "content", kind: str = "", title: str = "", number: str = "", slug: str = "") -> None:
    """Bắt đầu một bài: hỏi loại và tên, ghi một bản nháp có sẵn các trường."""
    from datetime import datetime

    from chuyendoiso.authoring.new import Wanted, begin

    asking = input if sys.stdin.isatty() else None
    path = begin(Path(content).resolve(), Wanted(kind, title, number, slug), datetime.now().astimezone(), asking, print)
    print(f"Đã tạo {path.relative_to(Path(content).resolve().parent)}. Mở tệp, điền các trường còn trống, rồi gõ make check.")


@task(
    positional=["path"],
    help={
        "path": "tệp .md, hoặc địa chỉ của bài trên trang",
        "reason": "lý do cho người đọc",
        "publish": "đăng luôn; tệp khác có lỗi thì đăng bản trước, chỉ thêm việc gỡ",
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
    },
)
@told
def withdraw(
    c: Context, path: str, reason: str = "", publish: bool = False, content: str = "content", output: str = "output"
) -> None:
    """Gỡ một bài: trang của bài nói lý do, nguồn tin và Zalo được báo; tệp vẫn giữ."""
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.authoring.withdraw import copy_withdrawals
    from chuyendoiso.authoring.withdraw import withdraw as take_down
    from chuyendoiso.deploy.due import read_published
    from chuyendoiso.model.problems import ContentRejected
    from chuyendoiso.model.vocabulary import Status
    from chuyendoiso.ops.checkout import checked_out
    from chuyendoiso.ops.provenance import read_sources
    from chuyendoiso.release.store import locked, releases_folder

    folder, shown = Path(content).resolve(), Path(output).absolute()
    now = datetime.now(UTC)
    name, status = take_down(folder, path, reason, now)
    if status is Status.DRAFT:
        print(f"{folder.name}/{name} chưa tới ngày đăng, chưa ai thấy: đã đổi thành bản nháp.")
        return
    print(f"Đã ghi việc gỡ vào {folder.name}/{name}.")
    if not publish:
        print("Bài rời trang, nguồn tin và Zalo từ lần đăng kế tiếp.")
        return
    with locked(shown, publishconf.WAIT, print):
        try:
            commits = tuple(source.commit for source in read_sources(folder, ROOT))
            _publish(folder, shown, commits, wait=publishconf.WAIT)
        except ContentRejected:
            print("Các tệp khác có lỗi (xem bằng make check), nên chỉ đăng lại bản đang có, thêm việc gỡ.")
            commits = read_published(shown)[1]
            with checked_out(folder, next(iter(commits), ""), releases_folder(shown) / "withdrawal") as published:
                copy_withdrawals(folder, published, now)
                _publish(published, shown, commits, wait=publishconf.WAIT)
    print(f"Nhớ commit {folder.name}/{name}, để lần đăng sau từ máy khác không đưa bài trở lại.")


@task(help={"month": "tháng, ví dụ 2026-11", "out": "tệp CSV để ghi; không có thì in ra", "content": "thư mục nội dung"})
@told
def authorship(c: Context, month: str = "", out: str = "", content: str = "content") -> None:
    """Liệt kê bài của một tháng theo tác giả, dạng CSV mở được bằng Excel."""
    from chuyendoiso.authoring.command import authorship_of

    if not month:
        raise Exit("Thiếu --month. Cách sửa: ghi tháng, ví dụ .venv/bin/invoke authorship --month 2026-11", code=2)
    table = authorship_of(Path(content).resolve(), ROOT / "theme", month)
    if out:
        Path(out).write_text(table, "utf-8", newline="")
        print(f"Đã ghi {out}.")
    else:
        sys.stdout.buffer.write(table.encode())


@task(
    name="import",
    help={
        "file": "tệp Word (.docx)",
        "content": "thư mục nội dung",
        "kind": "tin-tuc, van-ban hoặc tap-huan; không có thì nhận theo những dòng đầu",
        "pdf": "bản gốc đã ký; không có thì lấy tệp .pdf cùng tên bên cạnh tệp Word",
    },
)
@told
def import_(c: Context, file: str, content: str = "content", kind: str = "", pdf: str = "") -> None:
    """Nhập một tệp Word thành bài nháp trong thư mục nội dung."""
    from datetime import UTC, datetime

    from chuyendoiso.authoring.word.command import Order, import_word

    order = Order(Path(file), Path(content).resolve(), datetime.now(UTC), kind, Path(pdf) if pdf else None)
    for line in import_word(order):
        print(line)


@task(help={"content": "thư mục nội dung", "port": "cổng trên máy này"})
@told
def serve(c: Context, content: str = "content", port: int = 8000) -> None:
    """Dựng bản xem trước, mở máy chủ trên máy này, dựng lại mỗi khi lưu tệp."""
    from chuyendoiso.authoring.preview_server import serve as run
    from chuyendoiso.authoring.preview_site import LiveSite
    from chuyendoiso.build.command import read_settings
    from chuyendoiso.build.options import order_of

    paths = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(PREVIEW / "output"), "PREVIEW": True}
    run(LiveSite(order_of(read_settings(ROOT / "pelicanconf.py", paths))), port)


@task(
    help={
        "content": "thư mục nội dung",
        "port": "cổng trên máy này",
        "out": "ghi trang biên tập cho cả nhóm ra thư mục này, thay vì chạy trên máy",
    }
)
@told
def editor(c: Context, content: str = "content", port: int = 8000, out: str = "") -> None:
    """Mở trang biên tập trên máy này, cạnh bản xem trước (cần Node.js)."""
    from datetime import datetime

    from chuyendoiso.authoring.preview_server import EVENTS
    from chuyendoiso.authoring.preview_server import serve as run
    from chuyendoiso.authoring.preview_site import LiveSite
    from chuyendoiso.authoring.webeditor import ADDRESS, EditorPages, Files, local_server, write_editor
    from chuyendoiso.build.command import read_settings
    from chuyendoiso.build.options import order_of

    folder, files = Path(content).resolve(), Files(ROOT / "editor", ROOT / "theme")
    if out:
        write_editor(files, folder, Path(out))
        print(f"Đã ghi trang biên tập vào {out}. Đặt thư mục này lên một máy chủ riêng, tách khỏi trang tin.")
        return
    paths = {"PATH": str(folder), "OUTPUT_PATH": str(PREVIEW / "output"), "PREVIEW": True}
    with local_server(files, folder, datetime.now().year) as server:
        site = LiveSite(order_of(read_settings(ROOT / "pelicanconf.py", paths)))
        run(site, port, EditorPages(files, folder, server, EVENTS), f"Biên tập tại {{address}}{ADDRESS}", "editor")


@task(
    help={
        "source": "địa chỉ trang đã đăng, hoặc thư mục trang đã dựng",
        "send": "gửi thật; không có thì chỉ nói sẽ làm gì",
        "from-now": "không đăng các bài đang có, chỉ đăng từ nay về sau",
        "limit": "số bài mới nhiều nhất của lần chạy này; -1 là không giới hạn",
        "kinds": "chỉ đăng những loại này, ví dụ tin-tuc,van-ban; bài đã ở trên kênh vẫn được sửa và gỡ",
        "create-again": "địa chỉ một bài chờ mãi không xong: tìm trên kênh, không có thì đăng lại",
        "gone": "địa chỉ một bài đã bị xóa ngay trên Zalo: ghi nhớ để không đăng lại",
        "quota-renewed": "gói vừa được nâng: quên việc đã hết lượt",
        "state": "tệp nhớ bài nào đã lên kênh; không ghi thì lấy ZALO_STATE trong publishconf.py",
        "tokens": "tệp mã truy cập, quyền 600; không có thì lấy từ biến môi trường ZALO_ACCESS_TOKEN",
        "api": "địa chỉ giao diện bài viết, chỉ để thử",
        "oauth": "địa chỉ cấp mã, chỉ để thử",
    }
)
@told
def zalo_sync(
    c: Context,
    source: str = "output",
    send: bool = False,
    from_now: bool = False,
    limit: int = -1,
    kinds: str = "",
    create_again: str = "",
    gone: str = "",
    quota_renewed: bool = False,
    state: str = "",
    tokens: str = "",
    api: str = "",
    oauth: str = "",
) -> None:
    """Đưa bài đã đăng lên kênh Zalo OA: bài mới, bài sửa, bài gỡ. Mặc định chỉ chạy thử."""
    import time
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.deploy.zalo.client import API
    from chuyendoiso.deploy.zalo.command import Order, sync
    from chuyendoiso.deploy.zalo.tokens import OAUTH

    order = Order(
        source=source, state=Path(state or publishconf.ZALO_STATE), tokens=Path(tokens) if tokens else None, send=send,
        environment=os.environ, now=lambda: datetime.now(UTC), monotonic=time.monotonic, sleep=time.sleep, say=print,
        api=api or API, oauth=oauth or OAUTH, from_now=from_now, limit=None if limit == -1 else limit, kinds=kinds,
        create_again=create_again, gone=gone, quota_renewed=quota_renewed, errors=publishconf.ZALO_ERRORS,
        monthly=publishconf.ZALO_MONTHLY_ARTICLES, settling=publishconf.ZALO_SETTLING_MINUTES,
    )  # fmt: skip
    sys.exit(sync(order))


@task(
    help={
        "url": "địa chỉ trang đã đăng",
        "content": "thư mục nội dung để so; không có thì bỏ qua việc so",
        "mirror": "địa chỉ bản sao của trang",
        "disk": "thư mục nằm trên ổ đĩa cần xem chỗ trống",
        "output": "nơi đặt trang đã đăng từ máy này, để so; không đăng từ máy này thì bỏ qua việc so",
        "json": "in dạng JSON",
    }
)
@told
def doctor(
    c: Context, url: str = "", content: str = "", mirror: str = "", disk: str = "", output: str = "output", json: bool = False
) -> None:
    """Xem trang đã đăng như một người lạ: chỗ nào hỏng, sửa thế nào. Không sửa gì."""
    import time
    from datetime import UTC, datetime

    from chuyendoiso.ops.doctor.command import Order, examine

    address = _address(url)
    if not address:
        raise Exit("Thiếu --url. Cách sửa: ghi địa chỉ trang đã đăng, ví dụ --url https://cong.tinh.gov.vn/chuyen-doi-so/", code=2)
    order = Order(
        url=address, content=Path(content).resolve() if content else None, theme=ROOT / "theme", mirror=_address(mirror),
        disk=Path(disk) if disk else None, output=Path(output).absolute(), as_json=json, now=datetime.now(UTC), monotonic=time.monotonic, say=print,
    )  # fmt: skip
    sys.exit(examine(order))


@task(help={"items": "số mục", "seed": "số gieo", "build": "dựng luôn trang minh họa"})
@told
def demo(c: Context, items: int = 400, seed: int = 1, build: bool = True) -> None:
    """Tạo và dựng một trang minh họa với dữ liệu sinh ngẫu nhiên, không bao giờ đăng được."""
    from chuyendoiso.authoring.demo import write_demo

    write_demo(DEMO / "content", items=items, seed=seed)
    if build:
        _build("pelicanconf.py", str(DEMO / "content"), str(DEMO / "output"))
        print(f"Xem: .venv/bin/python -m http.server -d {DEMO.relative_to(ROOT)}/output 8001")


@task(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang đã đăng từ máy này",
        "against": "thư mục của trang đã đăng, nếu đăng từ nơi khác",
        "built": "thư mục của trang hoặc bản xem trước vừa dựng, để khỏi dựng lần nữa; duyet.html được ghi vào đó",
        "address": "địa chỉ của bản xem trước ấy, khi đặt ở nơi khác site.yml ghi",
    }
)
@told
def review(
    c: Context, content: str = "content", output: str = "output", against: str = "", built: str = "", address: str = ""
) -> None:
    """Cho biết đăng bây giờ thì bài nào mới, sửa, gỡ, đổi địa chỉ, và mỗi bài sẽ hiện ra sao."""
    from chuyendoiso.authoring.command import review_of
    from chuyendoiso.release.store import published_folders

    if address and not built:
        raise Exit("--address chỉ dùng cùng --built: địa chỉ của trang thật nằm trong site.yml.", code=2)
    elsewhere = _address(address)
    if built:
        site, page = Path(built), Path(built) / "duyet.html"
        if not site.is_dir():
            raise Exit(f"Không có thư mục {built}. Cách sửa: dựng trước bằng invoke build --preview --output {built}.", code=2)
    else:
        REVIEW.mkdir(exist_ok=True)
        site, page = REVIEW / "output", REVIEW / "review.html"
        _build("pelicanconf.py", content, str(site), QUIET=True, RECORDS=True)
    published = Path(against) if against else next(reversed(published_folders(Path(output).absolute())), None)
    print(review_of(Path(content).resolve(), ROOT / "theme", site, published, page, elsewhere))


@task(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
        "allow-shrink": "chấp nhận bản mới nhỏ hơn hẳn bản đã đăng",
        "if-due": "chỉ đăng khi có gì tới giờ kể từ lần trước, hoặc lần trước chưa xong: cho lịch chạy tự động",
        "if-new": "chỉ đăng khi kho Git có commit mới kể từ lần trước (cùng với --if-due: khi có một trong hai)",
        "check": "xem lại trang đã lên mạng",
    }
)
@told
def publish(
    c: Context,
    content: str = "content",
    output: str = "output",
    allow_shrink: bool = False,
    if_due: bool = False,
    if_new: bool = False,
    check: bool = True,
) -> None:
    """Dựng bản để đăng với publishconf.py, kiểm lại, nói sẽ đổi gì, rồi đưa tới nơi đã khai báo."""
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.deploy.due import is_due, is_new
    from chuyendoiso.ops.provenance import read_sources
    from chuyendoiso.release.store import locked

    folder, shown = Path(content).resolve(), Path(output).absolute()
    wait = 0 if if_due or if_new else publishconf.WAIT  # a timer comes again
    with locked(shown, wait, print):  # from the build to the deployment
        commits = tuple(source.commit for source in read_sources(folder, ROOT))
        if (if_due or if_new) and not (if_due and is_due(shown, datetime.now(UTC))) and not (if_new and is_new(shown, commits)):
            print("Chưa có gì mới, không phải đăng lại.")
            return
        _publish(folder, shown, commits, wait=wait, check=check, allow_shrink=allow_shrink)


@task(help={"output": "nơi đặt trang", "target": "quay lại ở nơi đã đăng (DEPLOY_TO), không phải trên máy này"})
@told
def rollback(c: Context, output: str = "output", target: bool = False) -> None:
    """Quay về bản đã đăng ngay trước, bằng một lần đổi tên."""
    import publishconf
    from chuyendoiso.release.store import locked, roll_back

    shown, wait = Path(output).absolute(), publishconf.WAIT
    if target:
        from chuyendoiso.content.site_config import site_of
        from chuyendoiso.deploy.target import go_back, parse_target

        base_path = site_of(ROOT / "content").base_path
        place = parse_target(publishconf.DEPLOY_TO or "", base_path, publishconf.DEPLOY_SSH, wait=wait, say=print)
        with locked(shown, wait, print):  # a publish that runs would put the newer release back
            print(f"{place.place} đang hiện bản {go_back(place).number}.")
        return
    found = roll_back(shown, wait, print)
    print(f"{output} đang hiện bản {found.folder.name}, dựng lúc {found.about.built_at}.")


@task(
    help={
        "root": "thư mục www của nơi đăng, ví dụ /srv/trang/www",
        "out": "thư mục để ghi cấu hình, và để nginx đọc",
        "port": "cổng, khi không dùng TLS ở đây",
        "certificate": "tệp chứng thư TLS",
        "key": "tệp khóa của chứng thư",
        "brotli": "máy có gói libnginx-mod-http-brotli-static",
        "former": "địa chỉ cũ của trang, khi trang đã dời: mọi đường dẫn cũ được chuyển sang",
        "logs": "thư mục để nginx ghi nhật ký",
        "content": "thư mục nội dung",
    }
)
@told
def nginx(
    c: Context,
    root: str,
    out: str,
    port: int = 80,
    certificate: str = "",
    key: str = "",
    brotli: bool = False,
    former: str = "",
    logs: str = "/var/log/nginx",
    content: str = "content",
) -> None:
    """Ghi cấu hình nginx của trang: tiêu đề an toàn, bộ nhớ đệm, địa chỉ đã chuyển và đã gỡ."""
    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.deploy.nginx import Serving, make_site_conf, write_nginx

    serving = Serving(
        root=root, folder=str(Path(out).absolute()), port=port, certificate=certificate, key=key, brotli=brotli,
        logs=str(Path(logs).absolute()), former=_address(former) or "",
    )  # fmt: skip
    files = {"site.conf": make_site_conf(site_of(Path(content).resolve()), serving)}
    empty = {name: "" for name in ("moved.map", "gone.map") if not Path(out, name).exists()}  # publishing fills them
    write_nginx(Path(out), files | empty)
    print(f"Đã ghi cấu hình vào {out}. Thêm vào khối http của nginx: include {serving.folder}/site.conf;")


@task(
    help={
        "out": "thư mục chứa các bản sao lưu; tốt nhất là trên đĩa khác",
        "keep": "số bản giữ lại",
        "dirty": "sao lưu cả thay đổi chưa commit của nội dung",
        "zalo-state": "tệp nhớ bài nào đã lên kênh Zalo; không ghi thì lấy ZALO_STATE trong publishconf.py, như invoke zalo-sync",
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
    }
)
@told
def backup(
    c: Context,
    out: str = ".backup",
    keep: int = 14,
    dirty: bool = False,
    zalo_state: str = "",
    content: str = "content",
    output: str = "output",
) -> None:
    """Sao lưu kho Git, tệp đính kèm, danh mục các bản và những gì các lệnh nhớ vào một thư mục mới, kèm mã kiểm."""
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.ops.backup import RESTORED_ZALO_STATE, ZALO_STATE, Order, back_up

    known = Path(zalo_state or publishconf.ZALO_STATE)
    order = Order(
        content=Path(content).absolute(), output=Path(output).absolute(), target=Path(out).absolute(), now=datetime.now(UTC),
        zalo_state=known.absolute(), keep=keep, dirty=dirty,
    )  # fmt: skip
    made = back_up(order)
    if ZALO_STATE not in made.state and str(known) != RESTORED_ZALO_STATE:
        print(
            f"Không có tệp trạng thái Zalo ở {known} để sao lưu. Cách sửa: xem ZALO_STATE trong publishconf.py, --state của zalo-sync."
        )
    if made.state:
        print(f"Có cả những gì các lệnh nhớ: {', '.join(made.state)}.")
    print(f"Đã sao lưu vào {Path(out) / made.folder.name} ({made.files} tệp ngoài Git; bỏ {len(made.deleted)} bản cũ).")
    print(f"Thử khôi phục: .venv/bin/invoke restore {Path(out) / made.folder.name} --out THƯ-MỤC-MỚI")


@task(positional=["folder"], help={"folder": "thư mục của một bản sao lưu", "out": "thư mục mới hoặc trống"})
@told
def restore(c: Context, folder: str, out: str) -> None:
    """Kiểm tra một bản sao lưu rồi khôi phục vào một thư mục mới."""
    import publishconf
    from chuyendoiso.ops.backup import RESTORED_ZALO_STATE
    from chuyendoiso.ops.restore import restore as bring_back

    restored = bring_back(Path(folder).absolute(), Path(out).absolute())
    changes = ", cả thay đổi chưa commit" if restored.changed else ""
    print(f"Đã khôi phục vào {out}: commit {restored.commit}, {restored.files} tệp ngoài Git{changes}.")
    if restored.state:
        print(f"Đã đặt lại những gì các lệnh nhớ: {', '.join(restored.state)}.")
    if RESTORED_ZALO_STATE in restored.state and publishconf.ZALO_STATE != RESTORED_ZALO_STATE:
        print(f"zalo-sync đọc tệp khác. Chép: cp -p {Path(out) / RESTORED_ZALO_STATE} {publishconf.ZALO_STATE}")
    print(f"Bước tiếp theo: cd {out} && make html")


@task(
    help={
        "output": "nơi đặt trang",
        "content": "thư mục nội dung",
        "check": "tệp .provenance.json để đối chiếu: output có đúng là bản được mô tả không",
    }
)
@told
def provenance(c: Context, output: str = "output", content: str = "content", check: str = "") -> None:
    """Ghi nguồn gốc của bản đang hiện (commit, gói, mã cây), hoặc đối chiếu với --check."""
    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.ops.provenance import check_provenance, read_surroundings, write_provenance

    if check:
        print(f"{output} đúng là bản {check_provenance(Path(check), Path(output).absolute())} mà {Path(check).name} mô tả.")
        return
    folder = Path(content).resolve()
    around = read_surroundings(folder, ROOT, site_of(folder).feed_authority)
    print(f"Đã ghi {os.path.relpath(write_provenance(Path(output).absolute(), around))}.")
    for source in around.sources:
        print(f"{source.name}: commit {source.commit[:12]}{'' if source.clean else ', có thay đổi chưa commit'}.")
    if not around.sources:
        print("Không có kho Git: bản ghi không nói được dựng từ commit nào.")


@task(help={"out": "tệp để ghi"})
@told
def sbom(c: Context, out: str = "sbom.cdx.json") -> None:
    """Ghi danh mục thành phần phần mềm (CycloneDX 1.6): gói Python, phông chữ, mã của bên thứ ba."""
    from chuyendoiso.ops.parts import read_parts
    from chuyendoiso.system.git import commit_time

    _need("cyclonedx", "make sbom")
    from chuyendoiso.ops.sbom import encode_bom, make_bom

    parts = read_parts(ROOT)
    _write(out, encode_bom(make_bom(parts, commit_time(ROOT))))
    print(f"Đã ghi {out}: {len(parts.packages)} gói Python, {len(parts.vendored)} gói npm trong giao diện.")


@task
@told
def audit(c: Context) -> None:
    """Hỏi dịch vụ cảnh báo xem gói Python nào có lỗ hổng đã biết (cần mạng)."""
    from chuyendoiso.ops.audit import audit_requirements, report

    _need("pip_audit", "make audit")
    found = audit_requirements(ROOT / "requirements.txt")
    print(report(found))
    sys.exit(found.status)


@task(
    help={
        "since": "xét các commit sau commit, nhánh hoặc thẻ này",
        "keys": "tệp allowed_signers: khóa của người bảo trì",
        "content": "thư mục nội dung, ai sửa cũng không cần ký",
    }
)
@told
def signatures(c: Context, since: str, keys: str, content: str = "content") -> None:
    """Kiểm chữ ký SSH của mọi commit đổi phần ngoài nội dung."""
    from chuyendoiso.ops.signatures import check_signatures, refuse_unsigned

    print(refuse_unsigned(check_signatures(Path.cwd(), content.rstrip("/"), since, Path(keys)), since))


@task(help={"content": "thư mục nội dung, ai sửa cũng không cần ký"})
@told
def update(c: Context, content: str = "content") -> None:
    """Lấy commit mới từ kho Git chung; publishconf.py có SIGNERS thì phần ngoài nội dung phải có chữ ký đúng."""
    import publishconf
    from chuyendoiso.ops.update import take_new
    from chuyendoiso.release.store import locked

    with locked(ROOT / "output"):  # neither content nor code changes while they are published
        print(take_new(ROOT, content.rstrip("/"), Path(publishconf.SIGNERS) if publishconf.SIGNERS else None))


@task(help={"content": "thư mục nội dung", "out": "thư mục để ghi"})
@told
def schema(c: Context, content: str = "content", out: str = ".vscode/schemas") -> None:
    """Ghi lược đồ JSON Schema của các trường, cho VS Code và các trình soạn thảo khác."""
    import json

    from chuyendoiso.authoring.json_schema import schemas
    from chuyendoiso.content.site_config import site_of

    Path(out).mkdir(parents=True, exist_ok=True)
    for name, told in schemas(site_of(Path(content).resolve())).items():
        Path(out, f"{name}.schema.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"Đã ghi lược đồ vào {out}.")


@task
@told
def hooks(c: Context) -> None:
    """Cho git kiểm tra bài trước mỗi lần commit."""
    from chuyendoiso.authoring.hooks import install_hooks

    print(install_hooks(ROOT))


@task(help={"args": "tham số cho pytest"})
def test(c: Context, args: str = "") -> None:
    """Chạy mọi kiểm thử: kiểu, lỗi viết mã, đơn vị, cả trang, trình duyệt."""
    for command in ("ruff check .", "ruff format --check .", "mypy", f"pytest {args}"):
        print(f"$ {command}", flush=True)
        c.run(f"{sys.executable} -m {command}", env=COMPILED)


@task(help={"minutes": "số phút dò lỗi ngẫu nhiên", "seed": "số gieo của một lần chạy trước, để lặp lại"})
def soak(c: Context, minutes: int = 10, seed: int = 0) -> None:
    """Chạy lâu: giết, phá, làm đầy đĩa, dò ngẫu nhiên, với nhiều lượt hơn hẳn make test."""
    import secrets

    seed = seed or secrets.randbelow(10**9)
    print(f"Số gieo: {seed}. Để lặp lại: .venv/bin/invoke soak --seed {seed}", flush=True)
    marked = f'-m "soak or long or hypothesis" -o faulthandler_timeout=3600 --hypothesis-seed {seed}'
    c.run(f"{sys.executable} -m pytest {marked}", env={"SOAK": str(seed), **COMPILED})
    c.run(f"{sys.executable} tests/fuzz.py --seconds {60 * minutes} --seed {seed}")


@task(
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


@task
def lighthouse(c: Context) -> None:
    """Chấm điểm mỗi loại trang bằng Lighthouse, in bảng của docs/performance.md (cần npm)."""
    c.run(f"{sys.executable} bench/lighthouse.py")


@task
def fields(c: Context) -> None:
    """In bảng các trường cho hướng dẫn biên tập (docs/bien-tap.md)."""
    from chuyendoiso.authoring.field_tables import tables

    for title, table in tables().items():
        print(f"### {title}\n\n{table}\n")


@task
def icons(c: Context) -> None:
    """Vẽ lại biểu tượng của giao diện."""
    c.run(f"{sys.executable} scripts/draw_icons.py")


@task
def illustrations(c: Context) -> None:
    """Vẽ lại các hình minh họa trong content/media/."""
    c.run(f"{sys.executable} scripts/draw_illustrations.py")


@task
def screenshots(c: Context) -> None:
    """Chụp lại các hình của hướng dẫn biên tập (docs/hinh/) từ chính trang biên tập và bản xem trước."""
    c.run(f"{sys.executable} scripts/screenshots.py")


@task
def vendor(c: Context) -> None:
    """Lấy lại phông chữ và mã vẽ QR từ các gói npm đã ghi phiên bản (cần npm)."""
    c.run(f"{sys.executable} scripts/vendor.py")


@task
def clean(c: Context) -> None:
    """Xóa trang đã dựng và mọi thứ giữ lại giữa các lần dựng."""
    (ROOT / "output").unlink(missing_ok=True) if (ROOT / "output").is_symlink() else None
    for path in (
        ROOT / ".output-releases",
        DEMO,
        PREVIEW,
        REVIEW,
        ROOT / ".pytest_cache",
        ROOT / ".mypy_cache",
        ROOT / ".ruff_cache",
    ):
        shutil.rmtree(path, ignore_errors=True)
