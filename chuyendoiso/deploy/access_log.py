"""The access log that identifies no reader: no address, no search words, no full user agent, of a referring page only the site. Pure.

Instead of the user agent it has a class of them, in the order of `AGENTS`: the first whose pattern is found counts.
"""

from collections.abc import Iterator

AGENTS = {
    "zalo": "zalo",  # the browser inside Zalo, and what fetches previews of links for it
    "facebook": r"FBAN|FBAV|FB_IAB|facebookexternalhit|facebot",
    "portal": r"portal|liferay|sharepoint|congthongtin",
    "feed": r"feed|rss|newsboat|inoreader|miniflux|netnewswire|freshrss|thunderbird|reeder|newsblur",
    "robot": r"bot\b|bot/|crawl|spider|slurp|curl|wget|python|java/|go-http|okhttp|httpclient|headless|lighthouse|monitor|doctor",
    "coc-coc": r"coc_coc",
    "browser": r"^Mozilla/|^Opera/",
}
OTHER = "other"
FORMAT = (
    '0.0.0.0 [$time_local] "$request_method $cds_path $server_protocol" $status $body_bytes_sent "$cds_referring_site" "$cds_agent"'
)
GOACCESS = '%h [%d:%t %^] "%r" %s %b "%R" "%u"'  # the same, as GoAccess reads it
NAME = "cds_anonymous"


def format_lines() -> Iterator[str]:
    """Yield the lines of nginx's `http` block that define the log's format."""
    yield "map $http_referer $cds_referring_site {"
    yield '    default "-";'
    yield r'    "~^(?<cds_site>https?://[^/?#@]+)(?:[/?#]|$)" $cds_site;'
    yield "}"
    yield "map $request_uri $cds_path {"  # $uri is that of the error page by the time the log is written
    yield '    default "-";'
    yield r'    "~^(?<cds_asked>[^?#]*)" $cds_asked;'
    yield "}"
    yield "map $http_user_agent $cds_agent {"
    yield f"    default {OTHER};"
    yield from (f'    "~*{pattern}" {name};' for name, pattern in AGENTS.items())
    yield "}"
    yield f"log_format {NAME} '{FORMAT}';"


def log_lines(folder: str) -> Iterator[str]:
    """Yield the lines of a `server` block that write the log into a folder. The error log names addresses: only crashes go there."""
    yield f"access_log {folder}/chuyendoiso.log {NAME};"
    yield f"error_log {folder}/chuyendoiso-error.log crit;"
