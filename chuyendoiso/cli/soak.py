"""`invoke soak`."""

import sys

from chuyendoiso.cli.command_line import COMPILED, Context, command


@command(help={"minutes": "số phút dò lỗi ngẫu nhiên", "seed": "số gieo của một lần chạy trước, để lặp lại"})
def soak(c: Context, minutes: int = 10, seed: int = 0) -> None:
    """Chạy lâu: giết, phá, làm đầy đĩa, dò ngẫu nhiên, với nhiều lượt hơn hẳn make test."""
    import secrets

    seed = seed or secrets.randbelow(10**9)
    print(f"Số gieo: {seed}. Để lặp lại: .venv/bin/invoke soak --seed {seed}", flush=True)
    marked = f'-m "soak or long or hypothesis" -o faulthandler_timeout=3600 --hypothesis-seed {seed}'
    c.run(f"{sys.executable} -m pytest {marked}", env={"SOAK": str(seed), **COMPILED})
    c.run(f"{sys.executable} tests/fuzz.py --seconds {60 * minutes} --seed {seed}")
