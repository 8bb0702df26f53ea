"""The hosts that site.yml names for frames, compared with the policy as served.

Only `invoke nginx` changes the policy.
"""

from collections.abc import Iterator

from chuyendoiso.model.site import Site
from chuyendoiso.ops.doctor.crawler import VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good

_AGAIN = "chạy lại invoke nginx, rồi nạp lại nginx."


def judge_frames(site: Site, home: VisitedPage, embed: VisitedPage) -> Iterator[Finding]:
    """Report hosts of site.yml that the policy blocks.

    `home` is the home page, `embed` the page for portals' frames.
    """
    yield from or_good(_frames(site, home, embed), "frames", "chính sách nội dung cho phép mọi nơi nhúng ghi trong site.yml.")


def _frames(site: Site, home: VisitedPage, embed: VisitedPage) -> Iterator[Finding]:
    portals = _blocked(site.embed_hosts, embed, "frame-ancestors")
    if portals:
        message = f'Khung "Tin mới" {embed.url} bị trình duyệt chặn ở: {", ".join(portals)} (có trong embed_hosts của site.yml).'
        yield broken("frames", message, _AGAIN)
    streams = _blocked(tuple(f"https://{host}" for host in site.livestream_hosts), home, "frame-src")
    if streams:
        message = f"Buổi phát từ {', '.join(streams)} bị chặn trong trang (có trong livestream_hosts của site.yml)."
        yield broken("frames", message, _AGAIN)


def _blocked(origins: tuple[str, ...], seen: VisitedPage, directive: str) -> list[str]:
    """Return the origins that a directive leaves out; without a policy none."""
    policy = seen.headers.get("content-security-policy", "").lower()
    if seen.status != 200 or not policy:
        return []
    directives = {words[0]: words[1:] for words in (part.split() for part in policy.split(";")) if words}
    named = directives.get(directive, ["*"] if directive == "frame-ancestors" else directives.get("default-src", ["*"]))
    return [origin for origin in origins if not {origin, "*"} & set(named)]
