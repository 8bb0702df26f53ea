"""Check that compressed responses decode to the uncompressed one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning

CODINGS = ("gzip", "br")
_AGAIN = "đăng lại trang; nếu trước máy chủ có lớp đệm (CDN) thì xóa đệm của địa chỉ ấy."
_SMALL = 1000  # bytes: a server may leave a smaller text uncompressed


@dataclass(frozen=True, slots=True)
class CodedResponses:
    """The responses for a URL: uncompressed, and in each coding."""

    plain: CrawlResponse
    coded: Mapping[str, CrawlResponse]

    @property
    def different(self) -> tuple[str, ...]:
        """Return the codings whose content differs from the uncompressed response."""
        return tuple(
            coding for coding, response in self.coded.items() if response.status == 200 and response.body != self.plain.body
        )

    @property
    def is_compressed(self) -> bool:
        """Return whether any response is compressed."""
        return any("content-encoding" in response.headers for response in self.coded.values())

    @property
    def has_vary(self) -> bool:
        """Return whether all responses vary by coding (RFC 9110, 12.5.5)."""
        return all(map(_has_vary, (self.plain, *self.coded.values())))


def _has_vary(response: CrawlResponse) -> bool:
    names = {name.strip().lower() for name in response.headers.get("vary", "").split(",")}
    return response.status != 200 or bool(names & {"accept-encoding", "*"})


def read_codings(crawler: Crawler, addresses: Iterable[str]) -> tuple[CodedResponses, ...]:
    """Request some addresses in each coding.

    If the contents differ, request them again: a new release may have been deployed in between.
    """
    pairs = ((address, _request(crawler, address)) for address in addresses)
    return tuple(_request(crawler, address) if coded.different else coded for address, coded in pairs)


def _request(crawler: Crawler, address: str) -> CodedResponses:
    plain, *coded = (crawler.request("GET", crawler.url(address), {"Accept-Encoding": coding}) for coding in ("identity", *CODINGS))
    return CodedResponses(plain, dict(zip(CODINGS, coded, strict=True)))


def check_codings(sample: tuple[CodedResponses, ...], damaged: Mapping[str, str]) -> Iterator[Finding]:
    """Report compressed responses that are damaged, of another version, or missing.

    `damaged` has the decoding errors of all requests, by URL.
    """
    message = f"bản nén của {len(sample)} địa chỉ lấy mẫu đúng như bản không nén."
    yield from or_good(_faults(sample, damaged), "compressed", message)


def _faults(sample: tuple[CodedResponses, ...], damaged: Mapping[str, str]) -> Iterator[Finding]:
    for url, fault in damaged.items():
        yield broken("compressed", f"{url}: {fault}, trình duyệt không mở được.", _AGAIN)
    for item in sample:
        if item.plain.status == 200 and item.plain.url not in damaged:
            for coding in item.different:
                yield broken("compressed", f"Bản nén {coding} của {item.plain.url} khác bản không nén.", _AGAIN)
    if silent := [item.plain.url for item in sample if item.is_compressed and not item.has_vary]:
        message = (
            f"{len(silent)} địa chỉ có bản nén mà không gửi Vary: Accept-Encoding, ví dụ {silent[0]}: "
            "lớp đệm có thể đưa bản nén cho máy không đọc được."
        )
        yield broken("compressed", message, "chạy lại invoke nginx rồi nạp lại nginx (gzip_vary on); CDN phải giữ tiêu đề ấy.")
    pages = [item for item in sample if item.plain.media_type in {"text/html", "text/css"} and len(item.plain.body) > _SMALL]
    if pages and not any(item.is_compressed for item in pages):
        message = "Trang và kiểu dáng không được nén, nên tải chậm gấp ba."
        yield warning("compressed", message, "bật nén ở máy chủ web (nginx: gzip_static on).")
