"""HTTP requests in bounded time, and the certificate of a server.

TransportError
└── DecodingError
"""

import errno
import gzip
import http.client
import json
import socket
import ssl
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import brotli

SECONDS = 30.0  # for a complete response
MAX_BYTES = 20_000_000  # of a response's body


class TransportError(Exception):
    """No complete response arrived; the server may or may not have the request."""


class DecodingError(TransportError):
    """The content coding of a response cannot be decoded."""


@dataclass(frozen=True, slots=True)
class Response:
    """A complete response."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content(self) -> bytes:
        """Return the decoded body (RFC 9110, 8.4.1). Raises DecodingError."""
        coding = {name.lower(): value for name, value in self.headers.items()}.get("content-encoding", "identity")
        try:
            return _DECODERS[coding](self.body)
        except KeyError:
            raise DecodingError(f"nén bằng {coding}, kiểu không ai hỏi") from None
        except (OSError, EOFError, zlib.error, brotli.error):
            raise DecodingError(f"bản nén {coding} bị hỏng") from None


_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclass(frozen=True, slots=True)
class HttpClient:
    """An HTTP client that follows no redirect.

    `monotonic` is a clock in seconds; `trust` has the accepted certificate authorities.
    """

    monotonic: Callable[[], float]
    seconds: float = SECONDS
    trust: ssl.SSLContext | None = None  # None: the system's

    def request(self, method: str, url: str, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Response:
        """Return the response, of any status. Raises TransportError."""
        deadline = self.monotonic() + self.seconds
        try:
            prepared = urllib.request.Request(url, data=data, headers={**(headers or {}), "Connection": "close"}, method=method)
            with _opener(self.trust).open(prepared, timeout=self.seconds) as response:
                # no body, whatever the headers say of its length (RFC 9110, 6.4.1)
                empty = method == "HEAD" or response.status in {204, 304}
                return Response(response.status, dict(response.headers.items()), b"" if empty else self._read(response, deadline))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise TransportError(reason(error)) from None  # its own text may hold a header: http.client quotes a bad one

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        parts = []
        size = 0
        while part := response.read1(65536):
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES or self.monotonic() > deadline:
                raise TransportError("quá dài hoặc quá chậm")
        expected = response.headers.get("Content-Length")
        if expected is not None and size != int(expected):
            raise TransportError(f"{size} trên {expected} byte")
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate: the end of its validity, or the reason of its refusal."""

    until: datetime | None
    fault: str = ""


def read_certificate(host: str, port: int, seconds: float = SECONDS, trust: ssl.SSLContext | None = None) -> Certificate:
    """Connect and return the certificate; `fault` says why it is invalid, if it is."""
    context = trust or ssl.create_default_context()
    try:
        with socket.create_connection((host, port), seconds) as plain, context.wrap_socket(plain, server_hostname=host) as secure:
            until = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
    except ssl.SSLCertVerificationError as error:
        return Certificate(None, _REFUSALS.get(error.verify_code, error.verify_message))
    except (OSError, ValueError, KeyError) as error:
        return Certificate(None, reason(error))
    return Certificate(datetime.fromtimestamp(until, UTC))


# OpenSSL's codes of a verification (openssl-verification-options(1))
_REFUSALS = {
    10: "đã hết hạn",
    18: "tự ký, không do nơi được tin cậy cấp",
    19: "do nơi không được tin cậy cấp",
    20: "do nơi không được tin cậy cấp, hoặc thiếu chứng thư trung gian",
    62: "cấp cho tên miền khác",
    64: "cấp cho địa chỉ khác",
}


def reason(error: BaseException) -> str:
    """Return an error's reason in Vietnamese.

    It never has a library's own text, which may quote a header or an address with a secret.
    """
    inner = error.reason if isinstance(error, urllib.error.URLError) and isinstance(error.reason, BaseException) else error
    if isinstance(inner, TransportError):
        return str(inner)
    if words := next((words for kinds, words in _REASONS if isinstance(inner, kinds)), ""):
        return words
    code = errno.errorcode.get(inner.errno or 0, "") if isinstance(inner, OSError) else ""
    return f"lỗi {type(inner).__name__} {code}".rstrip()


# Subclasses before their base classes
_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((FileNotFoundError, NotADirectoryError), "không có tệp ấy"),
    ((IsADirectoryError,), "đó là thư mục, không phải tệp"),
    ((PermissionError,), "không có quyền đọc"),
    ((ConnectionRefusedError,), "máy chủ không nhận kết nối"),
    ((TimeoutError,), "quá lâu không trả lời"),
    ((socket.gaierror,), "không tìm thấy tên miền"),
    ((ssl.SSLError,), "kết nối bảo mật không thành"),
    ((ConnectionError, http.client.HTTPException), "đường truyền bị ngắt giữa chừng"),
    ((UnicodeError,), "địa chỉ hoặc nội dung có chữ không dùng được"),
    ((json.JSONDecodeError,), "nội dung không phải JSON"),
    ((ValueError,), "địa chỉ, tiêu đề hoặc nội dung không đúng dạng"),
    ((KeyError, TypeError, AttributeError), "nội dung không đúng dạng"),
)


class _NoRedirects(urllib.request.HTTPErrorProcessor):
    """Returns any response, and follows no redirect: a token must go to no other host."""

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        return response

    https_response = http_response


@cache
def _opener(trust: ssl.SSLContext | None) -> urllib.request.OpenerDirector:
    """Return the opener for a set of trusted certificates."""
    return urllib.request.build_opener(_NoRedirects, *([urllib.request.HTTPSHandler(context=trust)] if trust else []))
