"""Names of hosts that can be no public site's."""

from ipaddress import ip_address

# Names that can never be a real site's: RFC 2606 and RFC 6761.
_PLACEHOLDERS = ("example", "invalid", "test", "localhost", "local", "example.com", "example.net", "example.org")


def is_placeholder(host: str) -> bool:
    """Return whether a host can never be public: reserved or bare names, addresses."""
    bare = host.rstrip(".").lower()
    try:
        ip_address(bare)
        return True
    except ValueError:
        return "." not in bare or any(bare == name or bare.endswith(f".{name}") for name in _PLACEHOLDERS)
