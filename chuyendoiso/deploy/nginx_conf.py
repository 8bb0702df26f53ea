"""nginx's configuration of a site, as files that work as they stand with Debian's nginx (1.22); and a release's moved and withdrawn addresses.

Headers are chosen by variables, for the whole server: an `add_header` in a location would drop all others there.
"""

import html
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chuyendoiso.deploy.access_log import format_lines, log_lines
from chuyendoiso.deploy.headers import PREFLIGHT, Rule, header_table
from chuyendoiso.deploy.serving import media_type_of
from chuyendoiso.model import urls
from chuyendoiso.model.site import Site
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.atomic_write import write_text

_REDIRECT = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')
ACME = "/var/www/html"  # Debian's: where certbot --webroot puts the proofs that a certificate is renewed by
_SMALL = 4_000  # bytes: a redirect's page is no larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where and how a site is served."""

    root: str  # the folder in which the site lies under its base path
    folder: str  # that of the configuration files
    port: int = 80
    certificate: str = ""  # of TLS; "" where something in front speaks it
    key: str = ""
    brotli: bool = False  # Debian's libnginx-mod-http-brotli-static is there
    logs: str = "/var/log/nginx"  # the folder of the access log, which Debian rotates
    former: str = ""  # the site's former address, from which everything is redirected


# ── the server ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def make_site_conf(site: Site, serving: Serving) -> str:
    """Return the file to be included in nginx's `http` block."""
    rules = header_table(site)
    lines = [
        "# Lệnh invoke nginx ghi ra tệp này: muốn đổi thì sửa site.yml rồi chạy lại lệnh.",
        "map_hash_bucket_size 1024; map_hash_max_size 32768;",  # an address may have some hundred bytes, and there may be thousands
        *_maps(site, rules),
        *_preflight_maps(site, rules),
        *_of_release(serving),
        *format_lines(),
        *_former_map(site, serving),
        *(_to_https(site, serving) if serving.certificate else ()),
        "server {",
        *(
            f"    {line}"
            for line in (
                *_listening(str(urlsplit(site.url).hostname), serving),
                *_answering(site, serving),
                *_added(rules),
                *_added_to_preflights(),
                *_typed(),
            )
        ),
        "}",
        *(line for host in _other_hosts(site, serving) for line in _former_server(host, serving)),
    ]
    return "\n".join(lines) + "\n"


def _maps(site: Site, rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the maps from an address to its rule, and from that to each header that is not the same for all."""
    yield "map $uri $cds_rule {"
    yield f"    default {rules[-1].name};"
    for rule in rules[:-1]:
        yield from (f'    "~{pattern}" {rule.name};' for pattern in _patterns(site, rule))
    yield "}"
    for name, variable in _varying(rules).items():
        yield f"map $cds_rule ${variable} {{"
        yield from (f'    {rule.name} "{dict(rule.headers).get(name, "")}";' for rule in rules)
        yield "}"


def _patterns(site: Site, rule: Rule) -> Iterator[str]:
    """Yield regular expressions of the paths that a rule is for."""
    yield f"^{re.escape(site.base_path)}(?:{'|'.join(map(re.escape, rule.begins))})"
    yield from (f"{re.escape(end)}$" for end in rule.ends)


def _preflight_maps(site: Site, rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the maps for CORS preflights (Fetch, 3.2.2).

    They must not name `$cds_rule`: nginx sets a map's variable once, and a page of error needs the rule of its own path.
    """
    yield 'map $uri $cds_public { default "";'
    for rule in rules:
        yield from (f'    "~{pattern}" yes;' for pattern in _patterns(site, rule) if rule.preflighted)
    yield "}"
    yield 'map $request_method$cds_public $cds_preflight { default ""; OPTIONSyes yes; }'
    for name, value in PREFLIGHT:
        yield f'map $cds_preflight ${_variable(name)} {{ default ""; yes "{value}"; }}'


def _variable(header: str) -> str:
    return f"cds_{header.lower().replace('-', '_')}"


def _varying(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the variable of each header whose value is not the same for all; nginx leaves out what is empty."""
    names = dict.fromkeys(name for rule in rules for name, _ in rule.headers)
    varying = [name for name in names if len({dict(rule.headers).get(name) for rule in rules}) > 1]
    return {name: _variable(name) for name in varying}


def _added(rules: Sequence[Rule]) -> Iterator[str]:
    varying = _varying(rules)
    names = dict.fromkeys(name for rule in rules for name, _ in rule.headers)
    for name in names:
        value = f"${varying[name]}" if name in varying else f'"{dict(rules[-1].headers)[name]}"'
        yield f"add_header {name} {value} always;"


def _added_to_preflights() -> Iterator[str]:
    yield from (f"add_header {name} ${_variable(name)} always;" for name, _ in PREFLIGHT)


def _of_release(serving: Serving) -> Iterator[str]:
    yield f'map $uri $cds_moved {{ default ""; include {serving.folder}/moved.map; }}'
    yield f'map $uri $cds_gone {{ default ""; include {serving.folder}/gone.map; }}'


def _to_https(site: Site, serving: Serving) -> Iterator[str]:
    hosts = (str(urlsplit(site.url).hostname), *_other_hosts(site, serving))
    yield "server {"
    yield "    listen 80; listen [::]:80;"
    yield f"    server_name {' '.join(hosts)}; server_tokens off;"
    yield from (f"    {line}" for line in log_lines(serving.logs))
    yield f"    location ^~ /.well-known/acme-challenge/ {{ root {ACME}; default_type text/plain; }}"
    yield "    location / { return 301 https://$host$request_uri; }"
    yield "}"


# ── a former address ────────────────────────────────────────────────────────────────────────────────────────────────────


def _other_hosts(site: Site, serving: Serving) -> tuple[str, ...]:
    """Return the host of the former address, if it is another one."""
    former = urlsplit(serving.former).hostname
    return (former,) if former and former != urlsplit(site.url).hostname else ()


def _former_map(site: Site, serving: Serving) -> Iterator[str]:
    """Yield the map from a former address to where it leads, as the browser sent it: paths stay below another base path."""
    if not serving.former:
        return
    before, now = urlsplit(serving.former).path.rstrip("/"), site.url.rstrip("/")
    yield "map $request_uri $cds_former {"
    yield '    default "";'
    if not _other_hosts(site, serving) and site.base_path.startswith(before):  # the former base path holds the present one
        yield f'    "~^{re.escape(site.base_path)}(?:[/?]|$)" "";'
    yield f'    "~^{re.escape(before)}(?<cds_rest>/.*)$" {now}$cds_rest;'
    yield f'    "~^{re.escape(before)}$" {now}/;'
    yield "}"


def _former_server(host: str, serving: Serving) -> Iterator[str]:
    yield "server {"
    yield from (f"    {line}" for line in _listening(host, serving))
    yield "    server_tokens off;"
    yield from (f"    {line}" for line in log_lines(serving.logs))
    yield "    if ($cds_former) { return 301 $cds_former; }"
    yield "    location / { return 404; }"
    yield "}"


# ── what a server does ──────────────────────────────────────────────────────────────────────────────────────────────────


def _listening(host: str, serving: Serving) -> Iterator[str]:
    secure, port = (" ssl http2", 443) if serving.certificate else ("", serving.port)
    yield f"listen {port}{secure}; listen [::]:{port}{secure};"
    yield f"server_name {host};"
    if serving.certificate:
        yield f"ssl_certificate {serving.certificate}; ssl_certificate_key {serving.key};"
        yield "ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:cds:2m; ssl_session_timeout 1d;"


def _answering(site: Site, serving: Serving) -> Iterator[str]:
    missing = f"{site.base_path}{urls.NOT_FOUND}"
    yield from log_lines(serving.logs)
    if serving.former and not _other_hosts(site, serving):
        yield "if ($cds_former) { return 301 $cds_former; }"
    yield f"root {serving.root}; index index.html;"
    yield "server_tokens off; absolute_redirect off; autoindex off; charset utf-8; override_charset off;"
    yield f"charset_types {' '.join(_CHARSET)};"
    # a cache in front (Via) stores both files; by Vary it gives each request the right one
    yield "gzip_static on; gzip_vary on; gzip_proxied any;" + (" brotli_static on;" if serving.brotli else "")
    yield f"error_page 404 {missing}; error_page 403 =404 {missing}; error_page 410 @gone;"
    yield "if ($cds_preflight) { return 204; }"
    yield "if ($request_method !~ ^(?:GET|HEAD)$) { return 405; }"
    yield "if ($cds_moved) { return 301 $cds_moved; }"
    yield "if ($cds_gone) { return 410; }"
    yield r"location ~ /\. { return 404; }"
    yield f"location @gone {{ try_files ${{uri}}index.html {missing}; }}"
    yield "location / { try_files $uri $uri/ =404; }"
    if site.base_path:
        yield f"location = / {{ return 302 {site.base_path}/; }}"
        yield f"location = /robots.txt {{ try_files {site.base_path}/robots.txt =404; }}"  # where robots look for it


def _typed() -> Iterator[str]:
    """Yield the locations of files whose media type nginx does not know by their ending."""
    for ending in _UNKNOWN:
        media_type = media_type_of(f"x.{ending.lstrip('.')}").partition(";")[0]  # nginx adds the charset
        yield f"location ~ {re.escape(ending)}$ {{ types {{ }} default_type {media_type}; try_files $uri =404; }}"


_UNKNOWN = (
    *(one.file for one in urls.FEED_FORMATS),
    ".ics",
    ".opml",
    ".webmanifest",
    ".inc",
    ".woff2",
    ".webp",
)  # to Debian's nginx
_CHARSET = (
    "text/plain", "text/css", "text/xml", "text/calendar", "text/x-opml", "application/javascript", "application/json",
    *(one.media_type for one in urls.FEED_FORMATS), "application/manifest+json",
)  # fmt: skip


# ── what changes with each release ──────────────────────────────────────────────────────────────────────────────────────


def make_maps(release: Release, site: Site) -> dict[str, str]:
    """Return the files that tell nginx which addresses of a release have moved, and which were withdrawn."""
    moved = {f"{site.base_path}{address}": target for address, target in _moved(release)}
    withdrawn = [one["path"] for one in _manifest(release)["withdrawn"]]
    moved |= {f"{site.base_path}{old}": f"{site.base_path}{new}" for old, new in _moved_files(moved, release, site, withdrawn)}
    gone = [f"{site.base_path}{path}" for item in withdrawn for path in (item, urls.record(item))]
    return {
        "moved.map": "".join(f"{_quoted(address)} {_quoted(target)};\n" for address, target in sorted(moved.items())),
        "gone.map": "".join(f"{_quoted(address)} 1;\n" for address in sorted(gone)),
    }


def _moved_files(moved: Mapping[str, str], release: Release, site: Site, withdrawn: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield former and present addresses of items' JSON and calendars."""
    for address, target in moved.items():
        old, new = address.removeprefix(site.base_path), unquote(urlsplit(target).path).removeprefix(site.base_path)
        if old.endswith("/") and new.endswith("/"):
            for beside in (urls.record, urls.session_calendar):
                if beside(new).removeprefix("/") in release.files or (beside is urls.record and new in withdrawn):
                    yield beside(old), beside(new)


def _manifest(release: Release) -> dict[str, list[dict[str, str]]]:
    told = json.loads((release.folder / urls.MANIFEST.removeprefix("/")).read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def _moved(release: Release) -> Iterator[tuple[str, str]]:
    """Yield the former addresses of a release and where they lead: its pages for them are small and do nothing else."""
    for path, placed in release.files.items():
        if path.lower().endswith(urls.PAGE_ENDINGS) and placed.size < _SMALL and placed.origin.endswith(".md"):
            found = _REDIRECT.search((release.folder / path).read_text("utf-8"))
            if found:
                yield f"/{re.sub(r'(?<=/)index[.]html$', '', path)}", html.unescape(found[1])


def _quoted(text: str) -> str:
    return '"' + unquote(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def write_nginx(folder: Path, files: dict[str, str]) -> bool:
    """Write configuration files, each in one step; tell whether any changed, so that nginx is to read them again."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = False
    for name, text in files.items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            write_text(path, text)
            changed = True
    return changed
