"""Write nginx's configuration of a site, and its moved and withdrawn URLs.

It is for Debian's nginx (1.22). Headers are variables of the whole server: an `add_header` in a location would drop all others there.
"""

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chuyendoiso.deploy.access_log import format_lines, log_lines
from chuyendoiso.deploy.headers import PREFLIGHT, Rule, header_table
from chuyendoiso.deploy.serving import media_type_of
from chuyendoiso.model import urls
from chuyendoiso.model.feed_formats import FEED_FORMATS
from chuyendoiso.model.site import Site
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.atomic_write import write_text

_REDIRECT = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')
ACME = "/var/www/html"  # Debian's folder for the challenges of certbot --webroot
_SMALL = 4_000  # bytes: the largest redirect page


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """The folders, port and certificate of a site."""

    root: str  # the folder that has the site below its base path
    folder: str  # with the configuration files
    port: int = 80
    certificate: str = ""  # of TLS; "" behind a proxy that has it
    key: str = ""
    brotli: bool = False  # Debian's libnginx-mod-http-brotli-static is installed
    logs: str = "/var/log/nginx"  # the folder of the access log, which Debian rotates
    former: str = ""  # the site's former address, to redirect from


# ── server ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def make_site_conf(site: Site, serving: Serving) -> str:
    """Return the file to include in nginx's `http` block."""
    rules = header_table(site)
    host = str(urlsplit(site.url).hostname)
    lines = [
        "# Lệnh invoke nginx ghi ra tệp này: muốn đổi thì sửa site.yml rồi chạy lại lệnh.",
        "map_hash_bucket_size 1024; map_hash_max_size 32768;",  # for thousands of URLs of some hundred bytes
        *_rule_maps(site, rules),
        *_preflight_maps(site, rules),
        f'map $uri $cds_moved {{ default ""; include {serving.folder}/moved.map; }}',
        f'map $uri $cds_gone {{ default ""; include {serving.folder}/gone.map; }}',
        *format_lines(),
        *_former_map(site, serving),
        *(_https_redirect(site, serving) if serving.certificate else ()),
        *_block("server", [*_listen(host, serving), *_locations(site, serving), *_add_headers(rules), *_media_types()]),
        *(line for former in _other_hosts(site, serving) for line in _former_server(former, serving)),
    ]
    return "\n".join(lines) + "\n"


def _block(opening: str, lines: Iterable[str]) -> list[str]:
    return [f"{opening} {{", *(f"    {line}" for line in lines), "}"]


def _rule_maps(site: Site, rules: Sequence[Rule]) -> list[str]:
    """Return the maps from a path to its rule, and from a rule to each varying header."""
    names = [f'"~{pattern}" {rule.name};' for rule in rules[:-1] for pattern in _patterns(site, rule)]
    lines = _block("map $uri $cds_rule", [f"default {rules[-1].name};", *names])
    for header, values in _header_values(rules).items():
        if _varies(values):
            entries = [f'{rule.name} "{value}";' for rule, value in zip(rules, values, strict=True)]
            lines += _block(f"map $cds_rule ${_variable(header)}", entries)
    return lines


def _patterns(site: Site, rule: Rule) -> Iterator[str]:
    """Yield regular expressions of a rule's paths."""
    yield f"^{re.escape(site.base_path)}(?:{'|'.join(map(re.escape, rule.begins))})"
    yield from (f"{re.escape(end)}$" for end in rule.ends)


def _preflight_maps(site: Site, rules: Sequence[Rule]) -> list[str]:
    """Return the maps for CORS preflights (Fetch, 3.2.2).

    They must not name `$cds_rule`: nginx sets a map's variable once, and an error page needs the rule of its own path.
    """
    public = (pattern for rule in rules if rule.preflighted for pattern in _patterns(site, rule))
    return [
        'map $uri $cds_public { default "";',
        *(f'    "~{pattern}" yes;' for pattern in public),
        "}",
        'map $request_method$cds_public $cds_preflight { default ""; OPTIONSyes yes; }',
        *(f'map $cds_preflight ${_variable(name)} {{ default ""; yes "{value}"; }}' for name, value in PREFLIGHT),
    ]


def _variable(header: str) -> str:
    return f"cds_{header.lower().replace('-', '_')}"


def _header_values(rules: Sequence[Rule]) -> dict[str, list[str]]:
    """Return the value of each header by rule; nginx omits an empty header."""
    names = dict.fromkeys(name for rule in rules for name, _ in rule.headers)
    return {name: [dict(rule.headers).get(name, "") for rule in rules] for name in names}


def _varies(values: list[str]) -> bool:
    return len(set(values)) > 1


def _add_headers(rules: Sequence[Rule]) -> Iterator[str]:
    for name, values in _header_values(rules).items():
        value = f"${_variable(name)}" if _varies(values) else f'"{values[0]}"'
        yield f"add_header {name} {value} always;"
    yield from (f"add_header {name} ${_variable(name)} always;" for name, _ in PREFLIGHT)


def _https_redirect(site: Site, serving: Serving) -> list[str]:
    hosts = (str(urlsplit(site.url).hostname), *_other_hosts(site, serving))
    lines = [
        "listen 80; listen [::]:80;",
        f"server_name {' '.join(hosts)}; server_tokens off;",
        *log_lines(serving.logs),
        f"location ^~ /.well-known/acme-challenge/ {{ root {ACME}; default_type text/plain; }}",
        "location / { return 301 https://$host$request_uri; }",
    ]
    return _block("server", lines)


# ── former address ────────────────────────────────────────────────────────────────────────────────────────────────────


def _other_hosts(site: Site, serving: Serving) -> tuple[str, ...]:
    """Return the host of the former address, if it differs."""
    former = urlsplit(serving.former).hostname
    return (former,) if former and former != urlsplit(site.url).hostname else ()


def _former_map(site: Site, serving: Serving) -> list[str]:
    """Return the map from former to current URLs, by the raw request.

    Paths stay the same below another base path.
    """
    if not serving.former:
        return []
    before, now = urlsplit(serving.former).path.rstrip("/"), site.url.rstrip("/")
    entries = [f'"~^{re.escape(before)}(?<cds_rest>/.*)$" {now}$cds_rest;', f'"~^{re.escape(before)}$" {now}/;']
    if not _other_hosts(site, serving) and site.base_path.startswith(before):  # current URLs are below the former base path
        entries.insert(0, f'"~^{re.escape(site.base_path)}(?:[/?]|$)" "";')
    return _block("map $request_uri $cds_former", ['default "";', *entries])


_FORMER_REDIRECT = "if ($cds_former) { return 301 $cds_former; }"


def _former_server(host: str, serving: Serving) -> list[str]:
    lines = [
        *_listen(host, serving),
        "server_tokens off;",
        *log_lines(serving.logs),
        _FORMER_REDIRECT,
        "location / { return 404; }",
    ]
    return _block("server", lines)


# ── directives of a server ────────────────────────────────────────────────────────────────────────────────────────────


def _listen(host: str, serving: Serving) -> list[str]:
    secure, port = (" ssl http2", 443) if serving.certificate else ("", serving.port)
    lines = [f"listen {port}{secure}; listen [::]:{port}{secure};", f"server_name {host};"]
    if serving.certificate:
        lines += [
            f"ssl_certificate {serving.certificate}; ssl_certificate_key {serving.key};",
            "ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:cds:2m; ssl_session_timeout 1d;",
        ]
    return lines


def _locations(site: Site, serving: Serving) -> list[str]:
    base, missing = site.base_path, f"{site.base_path}{urls.NOT_FOUND}"
    lines = [
        *log_lines(serving.logs),
        *([_FORMER_REDIRECT] if serving.former and not _other_hosts(site, serving) else ()),
        f"root {serving.root}; index index.html;",
        "server_tokens off; absolute_redirect off; autoindex off; charset utf-8; override_charset off;",
        f"charset_types {' '.join(_CHARSET)};",
        # a cache in front (Via) stores both files, and chooses by Vary
        "gzip_static on; gzip_vary on; gzip_proxied any;" + (" brotli_static on;" if serving.brotli else ""),
        f"error_page 404 {missing}; error_page 403 =404 {missing}; error_page 410 @gone;",
        "if ($cds_preflight) { return 204; }",
        "if ($request_method !~ ^(?:GET|HEAD)$) { return 405; }",
        "if ($cds_moved) { return 301 $cds_moved; }",
        "if ($cds_gone) { return 410; }",
        r"location ~ /\. { return 404; }",
        f"location @gone {{ try_files ${{uri}}index.html {missing}; }}",
        "location / { try_files $uri $uri/ =404; }",
    ]
    if base:
        lines += [
            f"location = / {{ return 302 {base}/; }}",
            f"location = /robots.txt {{ try_files {base}/robots.txt =404; }}",  # robots request it at the root
        ]
    return lines


def _media_types() -> Iterator[str]:
    """Yield locations for the files whose media type nginx does not know."""
    for ending in _UNKNOWN:
        media_type = media_type_of(f"x.{ending.lstrip('.')}").partition(";")[0]  # nginx adds the charset
        yield f"location ~ {re.escape(ending)}$ {{ types {{ }} default_type {media_type}; try_files $uri =404; }}"


# for Debian's nginx
_UNKNOWN = (*(feed.file for feed in FEED_FORMATS), ".ics", ".jsonl", ".opml", ".webmanifest", ".inc", ".woff2", ".webp")
_CHARSET = (
    "text/plain", "text/css", "text/xml", "text/calendar", "text/x-opml", "application/javascript", "application/json", "application/jsonl",
    *(feed.media_type for feed in FEED_FORMATS), "application/manifest+json",
)  # fmt: skip


# ── moved and withdrawn URLs ──────────────────────────────────────────────────────────────────────────────────────────


def make_maps(release: Release, site: Site) -> dict[str, str]:
    """Return the map files of moved and withdrawn URLs of a release."""
    moved = {f"{site.base_path}{address}": target for address, target in _moved(release)}
    manifest = json.loads((release.folder / urls.MANIFEST.removeprefix("/")).read_text("utf-8"))
    withdrawn = [item["path"] for item in manifest["withdrawn"]]
    moved |= {f"{site.base_path}{old}": f"{site.base_path}{new}" for old, new in _moved_files(moved, release, site, withdrawn)}
    gone = [f"{site.base_path}{path}" for item in withdrawn for path in (item, urls.record(item))]
    return {
        "moved.map": "".join(f"{_quoted(address)} {_quoted(target)};\n" for address, target in sorted(moved.items())),
        "gone.map": "".join(f"{_quoted(address)} 1;\n" for address in sorted(gone)),
    }


def _moved_files(moved: Mapping[str, str], release: Release, site: Site, withdrawn: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield former and current URLs of the items' JSON and calendars."""
    for address, target in moved.items():
        old, new = address.removeprefix(site.base_path), unquote(urlsplit(target).path).removeprefix(site.base_path)
        if old.endswith("/") and new.endswith("/"):
            for file_url in (urls.record, urls.session_calendar):
                if file_url(new).removeprefix("/") in release.files or (file_url is urls.record and new in withdrawn):
                    yield file_url(old), file_url(new)


def _moved(release: Release) -> Iterator[tuple[str, str]]:
    """Yield former URLs and their targets, from the small redirect pages of a release."""
    for path, file in release.files.items():
        if path.lower().endswith(urls.PAGE_ENDINGS) and file.size < _SMALL and file.origin.endswith(".md"):
            match = _REDIRECT.search((release.folder / path).read_text("utf-8"))
            if match:
                yield f"/{re.sub(r'(?<=/)index[.]html$', '', path)}", html.unescape(match[1])


def _quoted(text: str) -> str:
    return '"' + unquote(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def write_nginx(folder: Path, files: dict[str, str]) -> bool:
    """Write the files that changed, each atomically; return whether nginx must reload."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = [name for name, text in files.items() if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text]
    for name in changed:
        write_text(folder / name, files[name])
    return bool(changed)
