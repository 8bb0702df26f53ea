"""`invoke publish`."""

import os
from pathlib import Path

from chuyendoiso.cli.command_line import REVIEW, ROOT, Context, build_site, command


def publish_release(
    content: Path, output: Path, commits: tuple[str, ...], *, wait: int, check: bool = True, allow_shrink: bool = False
) -> None:
    """Build, report what changes for readers, and deploy; the caller holds the lock."""
    import time
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.authoring.publication_review import write_review
    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.deploy.deployment import PublishOptions, deploy_release
    from chuyendoiso.deploy.targets import choose_target
    from chuyendoiso.ops.build_provenance import write_supply_chain
    from chuyendoiso.release.store import published_folders

    before = next(reversed(published_folders(output)), None)
    build_site("publishconf.py", str(content), str(output), ALLOW_SHRINK=allow_shrink)
    site = site_of(content)
    write_supply_chain(content, ROOT, output, site.feed_authority)
    REVIEW.mkdir(exist_ok=True)
    print(write_review(content, ROOT / "theme", output, before, REVIEW / "review.html"))
    target = choose_target(
        output, site.base_path, folder=publishconf.DEPLOY_TO, remote=publishconf.DEPLOY_STORE, ssh=publishconf.DEPLOY_SSH,
        wait=wait, environment=os.environ, now=lambda: datetime.now(UTC), say=print,
    )  # fmt: skip
    deploy_release(
        PublishOptions(
            output=output, site=site, target=target, nginx=Path(publishconf.NGINX_FOLDER) if publishconf.NGINX_FOLDER else None,
            reload_nginx=tuple(publishconf.NGINX_RELOAD), check=check, commits=commits, monotonic=time.monotonic, sleep=time.sleep, say=print,
        )
    )  # fmt: skip


@command(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
        "allow-shrink": "chấp nhận bản mới nhỏ hơn hẳn bản đã đăng",
        "if-due": "chỉ đăng khi có gì tới giờ kể từ lần trước, hoặc lần trước chưa xong: cho lịch chạy tự động",
        "if-new": "chỉ đăng khi kho Git có commit mới kể từ lần trước (cùng với --if-due: khi có một trong hai)",
        "check": "xem lại trang đã lên mạng",
    }
)
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
    from chuyendoiso.deploy.pending import is_due, is_new
    from chuyendoiso.ops.build_provenance import read_sources
    from chuyendoiso.release.store import locked

    folder, output_path = Path(content).resolve(), Path(output).absolute()
    wait = 0 if if_due or if_new else publishconf.WAIT  # a timer comes again
    with locked(output_path, wait, print):  # from the build to the deployment
        commits = tuple(source.commit for source in read_sources(folder, ROOT))
        if (
            (if_due or if_new)
            and not (if_due and is_due(output_path, datetime.now(UTC)))
            and not (if_new and is_new(output_path, commits))
        ):
            print("Chưa có gì mới, không phải đăng lại.")
            return
        publish_release(folder, output_path, commits, wait=wait, check=check, allow_shrink=allow_shrink)
