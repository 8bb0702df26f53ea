"""Notify a WebSub hub of changed feeds, which it then delivers to its subscribers.

The form is from PubSubHubbub 0.4, 7.1, which hubs accept: WebSub (W3C, 2018) leaves it open.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from chuyendoiso.model.feed_formats import FEED_FORMATS
from chuyendoiso.model.site import Site
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.http import HttpClient, TransportError

FILES = tuple(f"/{file}" for _, file, _ in FEED_FORMATS)


def changed_feeds(release: Release, before: Release | None, site: Site) -> list[str]:
    """Return the URLs of the feeds that differ from the release before."""
    former = before.files if before else {}
    return [
        site.absolute(f"/{path}")
        for path, file in sorted(release.files.items())
        if path.startswith("feeds/") and path.endswith(FILES) and (path not in former or former[path].digest != file.digest)
    ]


def notify_hub(http: HttpClient, hub: str, feeds: Sequence[str]) -> str:
    """Ask a hub to fetch feeds; return a report. A failing hub is no error."""
    form = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)]).encode()
    try:
        response = http.request("POST", hub, {"Content-Type": "application/x-www-form-urlencoded"}, form)
    except TransportError as error:
        return f"Trạm báo tin {hub} chưa nhận được tin: {error}. Trang vẫn đã đăng; người theo dõi sẽ tự lấy sau."
    if not 200 <= response.status < 300:
        return f"Trạm báo tin {hub} từ chối: HTTP {response.status}. Trang vẫn đã đăng; người theo dõi sẽ tự lấy sau."
    return f"Đã báo {hub}: {len(feeds)} nguồn tin vừa đổi."
