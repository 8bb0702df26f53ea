"""Compressed answers: each must decode to what is answered without compression."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning

CODINGS = ("gzip", "br")
_AGAIN = "đăng lại trang; nếu trước máy chủ có lớp đệm (CDN) thì xóa đệm của địa chỉ ấy."
_SMALL = 1000  # bytes: below, a server may leave a text as it is


@dataclass(frozen=True, slots=True)
class Coded:
    """The answers for an address: without compression, and in each coding."""

    plain: VisitedPage
    coded: Mapping[str, VisitedPage] = field(default_factory=dict)

    @property
    def different(self) -> tuple[str, ...]:
        """Return the codings in which another content came."""
        return tuple(coding for coding, seen in self.coded.items() if seen.status == 200 and seen.body != self.plain.body)


def read_codings(visit: Visit, addresses: Iterable[str]) -> tuple[Coded, ...]:
    """Ask for some addresses in each coding.

    If the contents differ, ask again: a new release may have come in between.
    """
    found = []
    for address in addresses:
        coded = _coded(visit, address)
        found.append(_coded(visit, address) if coded.different else coded)
    return tuple(found)


def _coded(visit: Visit, address: str) -> Coded:
    def ask(coding: str) -> VisitedPage:
        return visit.ask("GET", visit.address(address), {"Accept-Encoding": coding})

    return Coded(ask("identity"), {coding: ask(coding) for coding in CODINGS})


def judge_codings(found: Iterable[Coded], damaged: Mapping[str, str]) -> Iterator[Finding]:
    """Report compressed answers that are damaged, of another version, or absent.

    `damaged` are the addresses whose compressed answer was damaged in the rest of the visit, and why.
    """
    listed = tuple(found)
    yield from or_good(
        _codings(listed, damaged), "compressed", f"bản nén của {len(listed)} địa chỉ lấy mẫu đúng như bản không nén."
    )


def _codings(found: tuple[Coded, ...], damaged: Mapping[str, str]) -> Iterator[Finding]:
    for url, fault in damaged.items():
        yield broken("compressed", f"{url}: {fault}, trình duyệt không mở được.", _AGAIN)
    for one in found:
        if one.plain.status == 200 and one.plain.url not in damaged:
            for coding in one.different:
                yield broken("compressed", f"Bản nén {coding} của {one.plain.url} khác bản không nén.", _AGAIN)
    yield from _varying(found)
    pages = [one for one in found if one.plain.media_type in {"text/html", "text/css"} and len(one.plain.body) > _SMALL]
    if pages and not any("content-encoding" in seen.headers for one in pages for seen in one.coded.values()):
        message = "Trang và kiểu dáng không được nén, nên tải chậm gấp ba."
        yield warning("compressed", message, "bật nén ở máy chủ web (nginx: gzip_static on).")


def _varying(found: tuple[Coded, ...]) -> Iterator[Finding]:
    """Report addresses with a compressed answer but no Vary (RFC 9110, 12.5.5)."""
    compressed = [one for one in found if any("content-encoding" in seen.headers for seen in one.coded.values())]
    silent = [one for one in compressed if not all(map(_says_vary, (one.plain, *one.coded.values())))]
    if silent:
        message = (
            f"{len(silent)} địa chỉ có bản nén mà không gửi Vary: Accept-Encoding, ví dụ {silent[0].plain.url}: "
            "lớp đệm có thể đưa bản nén cho máy không đọc được."
        )
        yield broken("compressed", message, "chạy lại invoke nginx rồi nạp lại nginx (gzip_vary on); CDN phải giữ tiêu đề ấy.")


def _says_vary(seen: VisitedPage) -> bool:
    names = {name.strip().lower() for name in seen.headers.get("vary", "").split(",")}
    return seen.status != 200 or bool(names & {"accept-encoding", "*"})
