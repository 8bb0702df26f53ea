"""Which requests are answered: a table of what browsers send, on their own, from elsewhere, and under a name that resolves to this machine."""

from email.message import Message

import pytest

from chuyendoiso.authoring.same_origin import SameOrigin

GUARD = SameOrigin(8000, "m4")
OWN, ELSEWHERE = "http://127.0.0.1:8000", "https://trang.gia"
# what is sent → may it read, and may it write with the right token
REQUESTS = {
    "typed": ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True, False),
    "an old browser": ({}, True, False),
    "an old browser writes": ({"Origin": OWN}, True, True),
    "its own page": ({"Sec-Fetch-Site": "same-origin", "Origin": OWN}, True, True),
    "its own page's picture": ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}, True, False),
    "a link in a mail": ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True, False),
    "a form elsewhere": (
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Origin": ELSEWHERE}, False, False,
    ),
    "a frame elsewhere": ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, False, False),
    "a script elsewhere": ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, False, False),
    "another port": ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, False, False),
    "another port writes": ({"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9000"}, False, False),
    "fetched elsewhere": ({"Sec-Fetch-Site": "cross-site", "Origin": ELSEWHERE}, False, False),
    "a file": ({"Origin": "null"}, False, False),
    "over TLS": ({"Origin": "https://127.0.0.1:8000"}, False, False),
    "a rebinding name": ({"Host": "trang.gia:8000", "Sec-Fetch-Site": "same-origin", "Origin": "http://trang.gia:8000"}, False, False),
    "a rebinding name in an old browser": ({"Host": "trang.gia:8000"}, False, False),
    "a name that ends alike": ({"Host": "x127.0.0.1:8000"}, False, False),
    "another port's name": ({"Host": "127.0.0.1:9000"}, False, False),
    "no name": ({"Host": ""}, False, False),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_only_requests_of_its_own_pages_are_answered(name):
    sent, reads, writes = REQUESTS[name]
    headers = Message()
    for header, value in {"Host": "127.0.0.1:8000", **sent}.items():
        headers[header] = value
    assert (GUARD.may_read(headers), GUARD.may_write(headers, "m4")) == (reads, writes)
    assert not any(GUARD.may_write(headers, token) for token in ("", "m", "m44", "M4", "mã"))
