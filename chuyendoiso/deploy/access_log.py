"""The format of an access log that identifies no reader.

It has no IP address, no query, and only the site of a referring page. It has the class of a user agent: the first of
`AGENTS` whose pattern matches.
"""

AGENTS = {
    "zalo": "zalo",  # Zalo's browser, and its fetcher of link previews
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
GOACCESS = '%h [%d:%t %^] "%r" %s %b "%R" "%u"'  # the same, for GoAccess
NAME = "cds_anonymous"


def format_lines() -> list[str]:
    """Return the lines of nginx's `http` block that define the log's format."""
    return [
        "map $http_referer $cds_referring_site {",
        '    default "-";',
        r'    "~^(?<cds_site>https?://[^/?#@]+)(?:[/?#]|$)" $cds_site;',
        "}",
        "map $request_uri $cds_path {",  # on an error, $uri is the error page's when the log is written
        '    default "-";',
        r'    "~^(?<cds_asked>[^?#]*)" $cds_asked;',
        "}",
        "map $http_user_agent $cds_agent {",
        f"    default {OTHER};",
        *(f'    "~*{pattern}" {name};' for name, pattern in AGENTS.items()),
        "}",
        f"log_format {NAME} '{FORMAT}';",
    ]


def log_lines(folder: str) -> list[str]:
    """Return the lines of a `server` block that write the log.

    The error log has addresses, so it gets only crashes.
    """
    return [f"access_log {folder}/chuyendoiso.log {NAME};", f"error_log {folder}/chuyendoiso-error.log crit;"]
