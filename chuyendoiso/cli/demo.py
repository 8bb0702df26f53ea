"""`invoke demo`."""

from chuyendoiso.cli.command_line import DEMO, ROOT, Context, build_site, command


@command(help={"items": "số mục", "seed": "số gieo", "build": "dựng luôn trang minh họa"})
def demo(c: Context, items: int = 400, seed: int = 1, build: bool = True) -> None:
    """Tạo và dựng một trang minh họa với dữ liệu sinh ngẫu nhiên, không bao giờ đăng được."""
    from chuyendoiso.authoring.demo_content import write_demo

    write_demo(DEMO / "content", items=items, seed=seed)
    if build:
        build_site("pelicanconf.py", str(DEMO / "content"), str(DEMO / "output"))
        print(f"Xem: .venv/bin/python -m http.server -d {DEMO.relative_to(ROOT)}/output 8001")
