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
)  # the first of them that is named; it sets no cookie before the video plays
_FACEBOOK = {"www.facebook.com", "facebook.com", "m.facebook.com"}
_FACEBOOK_FRAMES = "www.facebook.com"


class BroadcastFrame(NamedTuple):
    """The address of a frame, and its host."""

    src: str
    host: str


def broadcast_frame(url: str, hosts: Collection[str]) -> BroadcastFrame | None:
    """Return the frame that plays a broadcast; None if none of `hosts` has one."""
    match = FRAME_ADDRESS.fullmatch(url)
    if match is None:
        return None
    host, rest = match["host"].lower(), match["rest"] or "/"
    if host in _YOUTUBE and not rest.startswith("/embed/"):
        player = next((frame_host for frame_host in _YOUTUBE_FRAMES if frame_host in hosts), None)
        path = _youtube_path(host, rest)
        return BroadcastFrame(f"https://{player}/embed/{path}", player) if player and path else None
    if host in _FACEBOOK and not rest.startswith("/plugins/"):
        if _FACEBOOK_FRAMES not in hosts or not re.search(r"/(?:videos|reel|watch)\b", rest):
            return None
        return BroadcastFrame(
            f"https://{_FACEBOOK_FRAMES}/plugins/video.php?href={quote(url, safe='')}&show_text=false", _FACEBOOK_FRAMES
        )
    return BroadcastFrame(f"https://{host}{rest}", host) if host in hosts else None


def _youtube_path(host: str, rest: str) -> str | None:
    """Return the player's path for a YouTube page; None if the page has no video.

    The path names a video, with its start in seconds, or a channel's live stream.
    """
    parts = urlsplit(f"https://{host}{rest}")  # `rest` alone may begin with //, which urlsplit reads as a host
    parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if channel := re.fullmatch(r"/channel/([\w-]+)/live/?", parts.path, re.ASCII):
        return f"live_stream?channel={channel[1]}"
    named = re.fullmatch(r"/([\w-]+)/?" if host == "youtu.be" else r"/(?:live|shorts)/([\w-]+)/?", parts.path, re.ASCII)
    video = named[1] if named else parameters.get("v", "") if parts.path == "/watch" else ""
    if not re.fullmatch(r"[\w-]+", video, re.ASCII):
        return None
    start = re.fullmatch(r"([0-9]{1,5})s?", parameters.get("t", ""))
    return f"{video}?start={start[1]}" if start else video
