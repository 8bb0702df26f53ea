"""Separate HTML tags from words in angle brackets: `<OTP>`, `<tên gói>`."""

import re

from chuyendoiso.content.markdown.signs import TEXT_SIGN

# Elements of HTML (WHATWG), obsolete ones, and those of pages pasted from Word.
_NAMES = set(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure "
    "font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main "
    "map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture "
    "plaintext pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary "
    "sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp o:p v:shape w:sdt".split()
)
_ALONE = set("br hr img wbr p li dt dd tr td th thead tbody tfoot caption colgroup col rp rt option o:p".split())  # need no end
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_SIGN = re.compile(
    rf"""(?<!\\)<(?:(?P<whole>!--.*?-->|(?P<raw>svg|math|script|style|template|object|noscript|title|textarea|xmp|select)\b{_ATTRIBUTES}>.*?</(?P=raw)\s*>)
    |(?P<address>https?://[^<>\s]*>|ftps?://[^<>\s]*>|mailto:[^<>\s]*>|[^<>\s!]+@[^@<>\s]+>)
    |(?P<end>/?)(?P<name>[a-z][^\s<>/"'=]*)(?P<rest>{_ATTRIBUTES})>)?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_BEFORE_ADDRESS = re.compile(r".*\]\(|[ \t>]*\[[^\]^\n][^\]\n]*\]:[ \t]*")  # the line as far as `<…>` that a link leads to


def mark_words(body: str) -> str:
    """Return a body with `TEXT_SIGN` for each "<" that starts no tag or address."""
    if "<" not in body:
        return body
    small = body.lower()
    ended = {name: f"</{name}" in small for name in _NAMES}
    opened = set(re.findall(r"<([a-z][^\s<>/\"'=]*)", small))

    def marked(match: re.Match[str]) -> str:
        if match["whole"] or match["address"] or _is_address(body, match.start()):
            return match[0]
        name = (match["name"] or "").lower()
        is_tag = name in _NAMES and (
            name in opened if match["end"] else name in _ALONE or ended[name] or "=" in match["rest"] or match["rest"].endswith("/")
        )
        return match[0] if is_tag else TEXT_SIGN + match[0][1:].replace("<", TEXT_SIGN)

    return _SIGN.sub(marked, body)


def _is_address(body: str, place: int) -> bool:
    return _BEFORE_ADDRESS.fullmatch(body, body.rfind("\n", 0, place) + 1, place) is not None


_TAG = re.compile(
    rf"<!--.*?-->|<(?P<drawing>svg|math)\b.*?</(?P=drawing)\s*>|</?(?P<name>[a-z][^\s<>/\"'=]*)(?P<rest>{_ATTRIBUTES})>",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"""[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]*)""")
_SWITCHES = set(
    "allowfullscreen async autofocus autoplay checked controls default defer disabled download hidden itemscope loop multiple muted "
    "nomodule noshade novalidate nowrap open readonly required reversed selected".split()
)


def without_tags(marked: str) -> str:
    """Return the words of a marked body without tags and comments.

    Whatever is no attribute stays.
    """

    def words(tag: re.Match[str]) -> str:
        if tag["name"] and tag["name"].lower() not in _NAMES:
            return tag[0]
        rest = _VALUE.sub(" ", tag["rest"] or "")
        return f" {' '.join(word for word in rest.split() if word.lower() not in _SWITCHES)} "

    return _TAG.sub(words, marked)
