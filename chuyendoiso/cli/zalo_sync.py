"""`invoke zalo-sync`."""

import os
import sys
from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(
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
    from chuyendoiso.deploy.zalo.job import SyncOptions, sync
    from chuyendoiso.deploy.zalo.tokens import OAUTH

    options = SyncOptions(
        source=source, state=Path(state or publishconf.ZALO_STATE), tokens=Path(tokens) if tokens else None, send=send,
        environment=os.environ, now=lambda: datetime.now(UTC), monotonic=time.monotonic, sleep=time.sleep, say=print,
        api=api or API, oauth=oauth or OAUTH, from_now=from_now, limit=None if limit == -1 else limit, kinds=kinds,
        create_again=create_again, gone=gone, quota_renewed=quota_renewed, errors=publishconf.ZALO_ERRORS,
        monthly=publishconf.ZALO_MONTHLY_ARTICLES, settling=publishconf.ZALO_SETTLING_MINUTES,
    )  # fmt: skip
    sys.exit(sync(options))
