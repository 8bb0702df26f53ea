"""The frame in which a broadcast plays on a page, over https.

Its host is one of site.yml's `livestream_hosts`. YouTube and Facebook refuse to show in frames the pages that people pass on,
and have other addresses for frames.
"""

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

# Stricter than any parser of addresses, so that a browser and this module can only read the same host in it.
FRAME_ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]+)(?::443)?(?P<rest>[/?#][^\s\x00-\x20\x7f\\\"'<>]*)?", re.IGNORECASE)

_YOUTUBE = {"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"}
_YOUTUBE_FRAMES = (
    "www.youtube-nocookie.com",
    "www.youtube.com",
)  # the first of them that is named; it sets no cookie before the film plays
_FACEBOOK = {"www.facebook.com", "facebook.com", "m.facebook.com"}
_FACEBOOK_FRAMES = "www.facebook.com"


class Framed(NamedTuple):
    """The address of a frame, and its host."""

    src: str
    host: str


def frame_of(url: str, hosts: Collection[str]) -> Framed | None:
    """Return the frame in which a broadcast plays; None if no frame of `hosts` can."""
    match = FRAME_ADDRESS.fullmatch(url)
    if match is None:
        return None
    host, rest = match["host"].lower(), match["rest"] or "/"
    if host in _YOUTUBE and not rest.startswith("/embed/"):
        player = next((frame_host for frame_host in _YOUTUBE_FRAMES if frame_host in hosts), None)
        path = _youtube_path(host, rest)
        return Framed(f"https://{player}/embed/{path}", player) if player and path else None
    if host in _FACEBOOK and not rest.startswith("/plugins/"):
        if _FACEBOOK_FRAMES not in hosts or not re.search(r"/(?:videos|reel|watch)\b", rest):
            return None
        return Framed(f"https://{_FACEBOOK_FRAMES}/plugins/video.php?href={quote(url, safe='')}&show_text=false", _FACEBOOK_FRAMES)
    return Framed(f"https://{host}{rest}", host) if host in hosts else None


def _youtube_path(host: str, rest: str) -> str | None:
    """Return what YouTube's player shows for a page; None if the page has no film.

    It is a film, from the second that the page names, or a channel's broadcast.
    """
    parts = urlsplit(f"https://{host}{rest}")  # of what begins with two slashes the rest alone would be read as a host
    parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if channel := re.fullmatch(r"/channel/([\w-]+)/live/?", parts.path, re.ASCII):
        return f"live_stream?channel={channel[1]}"
    named = re.fullmatch(r"/([\w-]+)/?" if host == "youtu.be" else r"/(?:live|shorts)/([\w-]+)/?", parts.path, re.ASCII)
    film = named[1] if named else parameters.get("v", "") if parts.path == "/watch" else ""
    if not re.fullmatch(r"[\w-]+", film, re.ASCII):
        return None
    start = re.fullmatch(r"([0-9]{1,5})s?", parameters.get("t", ""))
    return f"{film}?start={start[1]}" if start else film
