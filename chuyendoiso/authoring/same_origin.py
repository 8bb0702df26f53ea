"""Check that a request to a local server comes from its own pages.

A page of another site can ask this machine from the same browser: across origins, which the headers of Fetch Metadata and Origin
(RFC 6454) show, or under a name of its own that resolves to this machine (DNS rebinding), which Host shows.
"""

import hmac
from dataclasses import dataclass
from email.message import Message

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class SameOrigin:
    """The check of a server at a port, with the token of this run."""

    port: int
    token: str

    def may_read(self, headers: Message) -> bool:
        """Return whether a request may be answered.

        It must come from a page of this server, or from a person who opens a page.
        """
        origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
        opened = headers.get("Sec-Fetch-Mode") == "navigate" and headers.get("Sec-Fetch-Dest") == "document"
        return (
            headers.get("Host") in self._hosts
            and (origin is None or origin in self._origins)
            and (site in {None, "same-origin", "none"} or opened)
        )

    def may_write(self, headers: Message, token: str) -> bool:
        """Return whether a request may change something.

        It must come from a page of this server, with the token.
        """
        return (
            self.may_read(headers)
            and headers.get("Origin") in self._origins
            and headers.get("Sec-Fetch-Site") in {None, "same-origin"}
            and hmac.compare_digest(token.encode(), self.token.encode())
        )

    @property
    def _hosts(self) -> frozenset[str]:
        return frozenset(f"{name}:{self.port}" for name in LOCAL_NAMES)

    @property
    def _origins(self) -> frozenset[str]:
        return frozenset(f"http://{host}" for host in self._hosts)
