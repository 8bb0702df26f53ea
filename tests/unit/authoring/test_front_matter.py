"""Front matter that is written is read back as the same text, whatever is in it."""

from hypothesis import given
from hypothesis import strategies as st

from chuyendoiso.authoring.yaml_writer import front_matter
from chuyendoiso.content.front_matter import parse_fields, split_front_matter
from chuyendoiso.model.characters import forbidden_in, neutralised

FIELDS = {
    "title": 'Xã Mẫu: "tổ số" #5',
    "date": "2026-11-20 08:00",
    "summary": "",
    "tags": ["tập huấn", "a, b", "Zalo"],
    "source": {"name": "Báo", "url": "https://bao.example/a?b=c"},
    "attachments": [{"file": "/media/a.pdf", "label": "Bản gốc (PDF)"}, {"file": "/media/b.pdf", "label": "Phụ lục"}],
    "modified": None,
}
WRITTEN = """\
---
title: 'Xã Mẫu: "tổ số" #5'
date: 2026-11-20 08:00
tags: [tập huấn, "a, b", Zalo]
source:
  name: Báo
  url: "https://bao.example/a?b=c"
attachments:
  - file: /media/a.pdf
    label: "Bản gốc (PDF)"
  - file: /media/b.pdf
    label: Phụ lục
---
"""


def test_front_matter_is_written_as_people_write_it():
    assert front_matter(FIELDS) == WRITTEN


TEXTS = (
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
    .map(lambda text: " ".join(neutralised(text).split()))
    .filter(lambda text: text and not forbidden_in(text))
)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_is_read_back(text, texts):
    fields = {"title": text, "tags": texts, "cover": {"alt": text}, "streams": [{"url": item, "channel": text} for item in texts]}
    header, _, _ = split_front_matter(front_matter(fields), "a.md")
    assert parse_fields(header, "a.md", first_line=2).values == fields
