"""A site that has every part, and the frame of its pages."""

from dataclasses import replace

from made_items import BODIES, SITE

from chuyendoiso.model.site import Audience, Issuer, OfficialChannel, Owner
from chuyendoiso.model.target import Dependencies
from chuyendoiso.outputs.pages.render_context import Assets, RenderContext

HOME = "https://so.tinh.gov.vn/cds"
RICH_SITE = replace(
    SITE,
    owner=Owner(name="Sở Khoa học và Công nghệ", address="Số 1, phố Mẫu", phone="0123", email="so@tinh.gov.vn"),
    audiences=(Audience(id="nguoi-dan", name="Người dân"), Audience(id="can-bo", name="Cán bộ")),
    issuers=(*SITE.issuers, Issuer(id="hdnd", name="Hội đồng nhân dân", since=None, until=None, successor=None)),
    channels=(
        OfficialChannel(id="kenh-mot", name="Kênh Một", url="https://kenh.vn/mot"),
        OfficialChannel(id="kenh-hai", name="Kênh Hai", url=None),
    ),
    livestream_hosts=("phat.vn",),
)
SCRIPTS = ("embed", "filters", "lean-qr", "session", "share", "terms", "text-size")
CONTEXT = RenderContext(
    RICH_SITE, Assets({"news": "/css/news.css"}, "/fonts/a.woff2", {name: f"/js/{name}.js" for name in SCRIPTS})
)
PREVIEW = replace(CONTEXT, preview=True)


def view_of(call):
    """Return the view that a planned page shows."""
    return call.value(Dependencies(BODIES, {}))
