"""Control characters that replace others during conversion; no text has them."""

import re

TEXT_SIGN = "\x04"  # a "<" that begins no tag
BLOCK_SIGN = "\x05"  # stands around the number of a piece of HTML
# marks that are none: of an address, and of a note, "(*)"
_SHIELD = str.maketrans("*_~", "\x06\x07\x08")
_UNSHIELD = str.maketrans("\x06\x07\x08", "*_~")
_SIGNS = re.compile("[\x04-\x08]")
_NOTE = re.compile(r"\(\*{1,3}\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)(?:(?!\]\(|\)[*_~]|\*\*)[^\s<>])*[^\s<>*_~.,;:!?)\]'\"”]", re.IGNORECASE)


def without_signs(text: str) -> str:
    """Return a text without these characters."""
    return _SIGNS.sub("", text)


def shielded(body: str) -> str:
    """Return a body in which no address has marks of emphasis, nor has a note's sign."""
    if "(*" in body:
        body = _NOTE.sub(lambda match: match[0].translate(_SHIELD), body)
    return _ADDRESS.sub(lambda match: match[0].translate(_SHIELD), body) if "://" in body or "www." in body else body


def unshielded(text: str) -> str:
    """Return a text with its marks again."""
    return text.translate(_UNSHIELD) if _SIGNS.search(text) else text
