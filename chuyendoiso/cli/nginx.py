"""`invoke nginx`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command, parse_address_option


@command(
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
    from chuyendoiso.deploy.nginx_conf import Serving, make_site_conf, write_nginx

    serving = Serving(
        root=root, folder=str(Path(out).absolute()), port=port, certificate=certificate, key=key, brotli=brotli,
        logs=str(Path(logs).absolute()), former=parse_address_option(former) or "",
    )  # fmt: skip
    files = {"site.conf": make_site_conf(site_of(Path(content).resolve()), serving)}
    empty = {name: "" for name in ("moved.map", "gone.map") if not Path(out, name).exists()}  # publishing fills them
    write_nginx(Path(out), files | empty)
    print(f"Đã ghi cấu hình vào {out}. Thêm vào khối http của nginx: include {serving.folder}/site.conf;")
