"""Holds which broadcasts play in a frame of ours, and at which address."""

import pytest

from chuyendoiso.model.broadcasts import BroadcastFrame, broadcast_frame

NO_COOKIE, YOUTUBE, FACEBOOK = "www.youtube-nocookie.com", "www.youtube.com", "www.facebook.com"
PLAYER = f"https://{NO_COOKIE}/embed"


@pytest.mark.parametrize(
    ("url", "hosts", "frame"),
    [
        # any host, as it is
        ("https://phat.vn/xem?a=1#b", ["phat.vn"], BroadcastFrame("https://phat.vn/xem?a=1#b", "phat.vn")),
        ("https://Phat.VN", ["phat.vn"], BroadcastFrame("https://phat.vn/", "phat.vn")),
        ("https://phat.vn:443/1", ["phat.vn"], BroadcastFrame("https://phat.vn/1", "phat.vn")),
        *(
            (url, ["phat.vn"], None)
            for url in (
                "https://khac.vn/",
                "https://a.phat.vn/",
                "http://phat.vn/",
                "https://phat.vn:8443/",
                "https://phat.vn@khac.vn/",
                "https://phat.vn.khac.vn/",
                "//phat.vn/",
                "https://khac.vn\\@phat.vn/",
            )
        ),
        ("https://phat.vn/", [], None),
        # YouTube: a page that people pass on, and the player for frames
        *(
            (f"https://{page}", [YOUTUBE, NO_COOKIE], BroadcastFrame(f"{PLAYER}/{player_path}", NO_COOKIE))
            for page, player_path in (
                ("www.youtube.com/watch?v=aB3-_5xyz01", "aB3-_5xyz01"),
                ("youtube.com/watch?app=desktop&v=aB3-_5xyz01&feature=share", "aB3-_5xyz01"),
                ("m.youtube.com/watch?v=aB3-_5xyz01", "aB3-_5xyz01"),
                ("youtu.be/aB3-_5xyz01?si=1", "aB3-_5xyz01"),
                ("youtu.be/aB3-_5xyz01?t=90", "aB3-_5xyz01?start=90"),
                ("www.youtube.com/watch?v=aB3-_5xyz01&t=90s", "aB3-_5xyz01?start=90"),
                ("www.youtube.com/live/aB3-_5xyz01?feature=shared", "aB3-_5xyz01"),
                ("www.youtube.com/shorts/aB3-_5xyz01", "aB3-_5xyz01"),
                ("www.youtube.com/channel/UCab-_1/live", "live_stream?channel=UCab-_1"),
            )
        ),
        ("https://youtu.be/a", [NO_COOKIE], BroadcastFrame(f"{PLAYER}/a", NO_COOKIE)),
        ("https://youtu.be/a", [YOUTUBE], BroadcastFrame("https://www.youtube.com/embed/a", YOUTUBE)),
        ("https://www.youtube.com/watch?v=a", ["phat.vn"], None),
        ("https://youtu.be/a", ["youtu.be"], None),
        ("https://youtube.com/watch?v=a", ["youtube.com"], None),
        ("https://www.youtube.com/embed/a?rel=0", [YOUTUBE], BroadcastFrame("https://www.youtube.com/embed/a?rel=0", YOUTUBE)),
        (f"{PLAYER}/a", [NO_COOKIE], BroadcastFrame(f"{PLAYER}/a", NO_COOKIE)),
        (f"{PLAYER}/a", [YOUTUBE], None),
        *(
            (f"https://www.youtube.com{path}", [YOUTUBE, NO_COOKIE], None)
            for path in ("", "/", "/@kenh/live", "/watch", "/watch?v=", "/watch?v=a/../b", "/watch?v=%22a", "/playlist?list=a", "/channel/UCa", "//[a", "//watch?v=a")
        ),
        # Facebook
        *(
            (
                f"https://{page}",
                [FACEBOOK],
                BroadcastFrame(f"https://www.facebook.com/plugins/video.php?href=https%3A%2F%2F{quoted_path}&show_text=false", FACEBOOK),
            )
            for page, quoted_path in (
                ("www.facebook.com/so/videos/123/", "www.facebook.com%2Fso%2Fvideos%2F123%2F"),
                ("www.facebook.com/watch/?v=123", "www.facebook.com%2Fwatch%2F%3Fv%3D123"),
                ("m.facebook.com/reel/123", "m.facebook.com%2Freel%2F123"),
            )
        ),
        ("https://www.facebook.com/so", [FACEBOOK], None),
        ("https://www.facebook.com/so/videos/123/", ["phat.vn"], None),
        ("https://www.facebook.com/plugins/video.php?href=a", [FACEBOOK], BroadcastFrame("https://www.facebook.com/plugins/video.php?href=a", FACEBOOK)),
    ],
)  # fmt: skip
def test_a_broadcast_plays_in_a_frame_of_a_named_host(url, hosts, frame):
    assert broadcast_frame(url, hosts) == frame
