"""Run `invoke zalo-sync`: report the plan, and with `--send` carry it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from chuyendoiso.deploy.zalo.acts import WORDS, plan, split_creations
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle, read_state
from chuyendoiso.deploy.zalo.client import API, Client
from chuyendoiso.deploy.zalo.error_codes import parse_errors
from chuyendoiso.deploy.zalo.published import Published, SiteSource
from chuyendoiso.deploy.zalo.quota import Allowance, describe, remaining_creations
from chuyendoiso.deploy.zalo.sync import SETTLING, Job, RunOptions
from chuyendoiso.deploy.zalo.tokens import OAUTH, read_tokens
from chuyendoiso.model.address_parsers import is_placeholder
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.system.atomic_write import locked_state
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.http import HttpClient

LEAST_SETTLING = 15  # minutes: an article was listed only ten minutes after its request


@dataclass(frozen=True, kw_only=True)
class SyncOptions:
    """The options of a run, and its clocks and environment.

    `errors`, `monthly` and `settling` (minutes) are the settings ZALO_ERRORS, ZALO_MONTHLY_ARTICLES and ZALO_SETTLING_MINUTES.
    """

    source: str  # the site's address, or a folder
    state: Path
    tokens: Path | None
    send: bool
    environment: Mapping[str, str]
    now: Callable[[], datetime]  # aware
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    say: Callable[[str], None]
    api: str = API
    oauth: str = OAUTH
    from_now: bool = False  # skip the items that are published already
    limit: int | None = None  # new articles in this run
    kinds: str = ""  # of items to create, separated by commas; empty: all
    create_again: str = ""  # URL of an item whose pending creation never settles
    gone: str = ""  # URL of an item whose article a person removed on Zalo
    quota_renewed: bool = False
    errors: object = None
    monthly: object = None
    settling: object = SETTLING.total_seconds() / 60


def sync(options: SyncOptions) -> int:
    """Update the channel; return 0, or 1 if something failed. Raises BuildStopped."""
    errors, run_options, settling = parse_errors(options.errors or {}), parse_run_options(options), parse_settling(options.settling)
    http = HttpClient(options.monotonic)
    with locked_state(options.state, "--state", "kênh Zalo"):
        state = read_state(options.state)
        published = SiteSource(options.source, http, options.sleep).read()
        if run_options.kinds and any(not item.kind for item in published.items):
            raise WrongUse(
                f"Danh sách bài ở {options.source} do bản cũ của chương trình dựng, chưa ghi loại bài nên chưa chọn bằng --kinds được."
                " Cách sửa: dựng và đăng lại trang, hoặc bỏ --kinds."
            )
        if options.from_now:
            return _skip_published(options, published, state)
        if not options.send:
            return _report_plan(options, published, state, run_options)
        if not (state.incomplete or run_options.needs_run or any(plan(published, state, run_options.kinds))):
            options.say(_nothing_to_do(published))
            return 0
        if is_placeholder(urlsplit(published.site).hostname or ""):
            raise WrongUse(
                f"Trang ở {options.source} có địa chỉ giữ chỗ {published.site}, mọi liên kết trên kênh sẽ hỏng."
                " Cách sửa: ghi địa chỉ thật vào site.url trong site.yml, dựng và đăng lại trang."
            )
        client = Client(http, read_tokens(options.tokens, options.environment), options.api, options.oauth, errors=errors)
        job = Job(client, state, options.say, options.sleep, options.now, settling, run_options)
        return _finish(options, job, published, job.run(published))


def parse_run_options(options: SyncOptions) -> RunOptions:
    """Return the operator's options. Raises WrongUse."""
    valid = [item_type.kind.value for item_type in ITEM_TYPES.values()]
    kinds = frozenset(kind.strip() for kind in options.kinds.split(",") if kind.strip())
    if unknown := sorted(kinds.difference(valid)):
        raise WrongUse(
            f"--kinds có loại không có: {', '.join(unknown)}. Cách sửa: chọn trong {', '.join(valid)}, cách nhau bằng dấu phẩy."
        )
    if options.limit is not None and options.limit < 0:
        raise WrongUse("--limit là số bài mới nhiều nhất của một lần chạy, từ 0 trở lên.")
    if options.monthly is not None and (type(options.monthly) is not int or options.monthly < 0):
        raise WrongUse(
            f"ZALO_MONTHLY_ARTICLES trong publishconf.py là {options.monthly!r}, không phải số bài. "
            "Cách sửa: ghi số bài gói cho phép mỗi tháng, ví dụ 60, hoặc None khi chưa biết."
        )
    if (options.create_again or options.gone) and not options.send:
        raise WrongUse("--create-again và --gone chỉ dùng khi gửi thật. Cách sửa: thêm --send.")
    return RunOptions(
        allowance=Allowance(options.monthly, options.limit),
        kinds=kinds,
        create_again=options.create_again,
        gone=options.gone,
        quota_renewed=options.quota_renewed,
    )


def parse_settling(minutes: object) -> timedelta:
    """Return how long an article may be missing from the list. Raises WrongUse."""
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not LEAST_SETTLING <= minutes <= 24 * 60:
        raise WrongUse(
            f"ZALO_SETTLING_MINUTES trong publishconf.py là {minutes!r}. Cách sửa: ghi số phút từ {LEAST_SETTLING} đến {24 * 60}."
        )
    return timedelta(minutes=minutes)


def _nothing_to_do(published: Published) -> str:
    return f"Kênh Zalo đã khớp với trang: {len(published.items)} bài, không có gì phải làm."


def _report_plan(options: SyncOptions, published: Published, state: ChannelState, run_options: RunOptions) -> int:
    """Report the acts that `--send` would do."""
    now = options.now()
    acts, later = split_creations(
        list(plan(published, state, run_options.kinds)), remaining_creations(state, run_options.allowance, now)
    )
    if not acts and not later:
        options.say(_nothing_to_do(published))
        return 0
    for act in acts:
        options.say(f"Sẽ {WORDS[act.verb]}: {act.title}")
    if run_options.allowance.monthly is not None and (later or any(act.verb == "create" for act in acts)):
        options.say(describe(state, run_options.allowance, now))
    if later:
        options.say(f"Để lại {len(later)} bài mới cho lần sau.")
    if state.incomplete and not state.is_new:
        options.say("Trước khi đăng, lệnh tìm lại trên kênh những bài mà tệp trạng thái chưa biết.")
    options.say(f"Chạy thử: {len(acts)} việc, chưa gửi gì. Thêm --send để gửi thật.")
    return 0


def _finish(options: SyncOptions, job: Job, published: Published, succeeded: bool) -> int:
    """Report the result of a run; return the exit status."""
    if not succeeded:
        options.say(f"Còn {len(job.remaining)} việc chưa xong. Chạy lại lệnh này để làm tiếp, không sợ đăng trùng.")
        return 1
    if any(plan(published, job.state, job.options.kinds)):
        return 0  # the pending acts were reported
    options.say("Xong." if job.done else _nothing_to_do(published))
    return 0


def _skip_published(options: SyncOptions, published: Published, state: ChannelState) -> int:
    """Record the published items that are new as not on the channel."""
    skipped = [item for item in published.items if item.id not in state.items]
    if options.send:
        state.items |= {item.id: KnownArticle(item.title, item.url, gone=True) for item in skipped}
        state.incomplete = state.incomplete and not state.is_new  # articles that people wrote may link to our pages, too
        state.save()
        options.say(f"Đã ghi nhớ {len(skipped)} bài đang có để không đăng. Từ lần chạy sau, chỉ bài mới lên kênh.")
    else:
        options.say(f"Sẽ ghi nhớ {len(skipped)} bài đang có để không đăng. Thêm --send để ghi thật.")
    return 0
