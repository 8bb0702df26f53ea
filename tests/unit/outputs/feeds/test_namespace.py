"""The page and the guide explain every field of our own that a feed may have."""

from dataclasses import replace
from datetime import date

from conftest import ROOT
from lxml import etree
from made_items import SITE, at, bytes_of, catalogue, consultation, document, feed_outputs, news, question, training

from chuyendoiso.model.content_types.consultation import PublishedResponse
from chuyendoiso.model.content_types.question import StaleReason
from chuyendoiso.model.content_types.training import Session, Stream
from chuyendoiso.model.feed_fields import FEED_FIELDS, NAMESPACE
from chuyendoiso.model.items import Related
from chuyendoiso.model.site import OfficialChannel
from chuyendoiso.model.vocabulary import PublicationState, Validity


def test_the_guide_has_the_table():
    guide = (ROOT / "docs/ket-noi-kenh.md").read_text("utf-8").splitlines()
    rows = [f"| `{field.name}` | {field.owner} | {field.meaning} |" for field in FEED_FIELDS]
    assert [line for line in guide if line in rows] == rows


def test_every_field_of_a_feed_is_explained():
    session = Session(at(10), at(11), None, "Hội trường", (), (Stream("youtube", "https://a.vn/"),), (), None, None, "before")
    days = {name: date(2026, 1, 1) for name in ("effective_on", "expires_on", "suspended_on")}
    response = PublishedResponse(date(2026, 11, 30), "Đã tiếp thu.", ())
    draft = consultation(response=response, becomes=Related("1/QĐ-UBND", None, None))
    items = (
        document("a", validity=Validity.IN_FORCE, **days),
        training(session=session),
        question(stale=(StaleReason(("about", 0), "văn bản 1 đã gỡ"),)),
        draft,
    )
    gone = news("b", state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.")
    site = replace(SITE, channels=(OfficialChannel(id="youtube", name="YouTube", url=None),))
    outputs = {output.path: output for output in feed_outputs(catalogue(*items, withdrawn=(gone,)), site)}
    names = set()
    for file in ("rss.xml", "atom.xml"):
        output = outputs[f"feeds/tat-ca/{file}"]
        names |= {etree.QName(element).localname for element in etree.fromstring(bytes_of(output)).iter(f"{{{NAMESPACE}}}*")}
    assert names == {field.name for field in FEED_FIELDS}
