"""`invoke rollback`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command


@command(help={"output": "nơi đặt trang", "target": "quay lại ở nơi đã đăng (DEPLOY_TO), không phải trên máy này"})
def rollback(c: Context, output: str = "output", target: bool = False) -> None:
    """Quay về bản đã đăng ngay trước, bằng một lần đổi tên."""
    import publishconf
    from chuyendoiso.release.store import locked, roll_back

    output_path, wait = Path(output).absolute(), publishconf.WAIT
    if target:
        from chuyendoiso.content.site_config import site_of
        from chuyendoiso.deploy.server_folder import parse_target, roll_back_target

        base_path = site_of(ROOT / "content").base_path
        deploy_folder = parse_target(publishconf.DEPLOY_TO or "", base_path, publishconf.DEPLOY_SSH, wait=wait, say=print)
        with locked(output_path, wait, print):  # a concurrent publish would swap the newer release in again
            print(f"{deploy_folder.place} đang hiện bản {roll_back_target(deploy_folder).number}.")
        return
    release = roll_back(output_path, wait, print)
    print(f"{output} đang hiện bản {release.folder.name}, dựng lúc {release.about.built_at}.")
