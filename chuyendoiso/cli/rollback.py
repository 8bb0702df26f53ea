"""`invoke rollback`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command


@command(help={"output": "nơi đặt trang", "target": "quay lại ở nơi đã đăng (DEPLOY_TO), không phải trên máy này"})
def rollback(c: Context, output: str = "output", target: bool = False) -> None:
    """Quay về bản đã đăng ngay trước, bằng một lần đổi tên."""
    import publishconf
    from chuyendoiso.release.store import locked, roll_back

    shown, wait = Path(output).absolute(), publishconf.WAIT
    if target:
        from chuyendoiso.content.site_config import site_of
        from chuyendoiso.deploy.server_folder import parse_target, roll_back_target

        base_path = site_of(ROOT / "content").base_path
        place = parse_target(publishconf.DEPLOY_TO or "", base_path, publishconf.DEPLOY_SSH, wait=wait, say=print)
        with locked(shown, wait, print):  # a publish that runs would put the newer release back
            print(f"{place.place} đang hiện bản {roll_back_target(place).number}.")
        return
    found = roll_back(shown, wait, print)
    print(f"{output} đang hiện bản {found.folder.name}, dựng lúc {found.about.built_at}.")
