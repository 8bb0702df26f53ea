"""Check that the served policy allows the frame hosts of site.yml.

Only `invoke nginx` changes the policy.
"""

from collections.abc import Iterator

from chuyendoiso.model.site import Site
from chuyendoiso.ops.doctor.crawler import CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good

_AGAIN = "chạy lại invoke nginx, rồi nạp lại nginx."


def check_frames(site: Site, home: CrawlResponse, embed: CrawlResponse) -> Iterator[Finding]:
    """Report hosts of site.yml that the policy blocks.

    `home` is the home page, `embed` the page for portals' frames.
    """
    yield from or_good(_faults(site, home, embed), "frames", "chính sách nội dung cho phép mọi nơi nhúng ghi trong site.yml.")


def _faults(site: Site, home: CrawlResponse, embed: CrawlResponse) -> Iterator[Finding]:
    if portals := _blocked(site.embed_hosts, embed, "frame-ancestors"):
        message = f'Khung "Tin mới" {embed.url} bị trình duyệt chặn ở: {", ".join(portals)} (có trong embed_hosts của site.yml).'
        yield broken("frames", message, _AGAIN)
    if streams := _blocked(tuple(f"https://{host}" for host in site.livestream_hosts), home, "frame-src"):
        message = f"Buổi phát từ {', '.join(streams)} bị chặn trong trang (có trong livestream_hosts của site.yml)."
        yield broken("frames", message, _AGAIN)


def _blocked(origins: tuple[str, ...], response: CrawlResponse, directive: str) -> list[str]:
    """Return the origins that a directive does not allow; none without a policy."""
    policy = response.headers.get("content-security-policy", "").lower()
    if response.status != 200 or not policy:
        return []
    directives = {words[0]: words[1:] for words in map(str.split, policy.split(";")) if words}
    fallback = ["*"] if directive == "frame-ancestors" else directives.get("default-src", ["*"])
    allowed = directives.get(directive, fallback)
    return [origin for origin in origins if not {origin, "*"} & set(allowed)]
