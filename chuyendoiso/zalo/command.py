"""The command: reads what is published and what is known, tells what is to be done, and with `--send` does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from chuyendoiso.domain.hosts import is_placeholder
from chuyendoiso.domain.problems import WrongUse
from chuyendoiso.durable import locked_state
from chuyendoiso.web import Http
from chuyendoiso.zalo.client import API, Client
from chuyendoiso.zalo.published import Published, Source
from chuyendoiso.zalo.state import Known, State, read_state
from chuyendoiso.zalo.sync import WORDS, Job, plan
from chuyendoiso.zalo.tokens import OAUTH, read_tokens


@dataclass(frozen=True, kw_only=True)
class Order:
    """What was asked for, and the surroundings: clock, sleep, environment, where to tell."""

    source: str  # the site's address, or a folder
    state: Path
    tokens: Path | None
    send: bool
    environment: Mapping[str, str]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    say: Callable[[str], None]
    api: str = API
    oauth: str = OAUTH
    from_now: bool = False  # leave off what is published already, and send what comes later


def sync(order: Order) -> int:
    """Bring the channel up to date; return the exit status: 0, or 1 where something remains. Raises BuildStopped."""
    http = Http(order.monotonic)
    with locked_state(order.state, "--state", "kênh Zalo"):
        state = read_state(order.state)
        published = Source(order.source, http, order.sleep).read()
        if order.from_now:
            return _begin_now(order, published, state)
        acts = list(plan(published, state))
        if not acts:
            order.say(f"Kênh Zalo đã khớp với trang: {len(published.items)} bài, không có gì phải làm.")
            return 0
        if not order.send:
            for act in acts:
                order.say(f"Sẽ {WORDS[act.what]}: {act.title}")
            order.say(f"Chạy thử: {len(acts)} việc, chưa gửi gì. Thêm --send để gửi thật.")
            return 0
        if is_placeholder(urlsplit(published.site).hostname or ""):
            message = f"Trang ở {order.source} có địa chỉ giữ chỗ {published.site}, mọi liên kết trên kênh sẽ hỏng."
            raise WrongUse(f"{message} Cách sửa: ghi địa chỉ thật vào site.url trong site.yml, dựng và đăng lại trang.")
        client = Client(http, read_tokens(order.tokens, order.environment), order.api, order.oauth)
        job = Job(client, state, order.say, order.sleep)
        done = job.run(published)
        order.say(
            "Xong." if done else f"Còn {len(job.remaining)} việc chưa xong. Chạy lại lệnh này để làm tiếp, không sợ đăng trùng."
        )
        return 0 if done else 1


def _begin_now(order: Order, published: Published, state: State) -> int:
    """Note what is published and unknown as kept off the channel."""
    left = [item for item in published.items if item.id not in state.items]
    if order.send:
        state.items |= {item.id: Known(item.title, item.url, gone=True) for item in left}
        state.save()
        order.say(f"Đã ghi nhớ {len(left)} bài đang có để không đăng. Từ lần chạy sau, chỉ bài mới lên kênh.")
    else:
        order.say(f"Sẽ ghi nhớ {len(left)} bài đang có để không đăng. Thêm --send để ghi thật.")
    return 0
