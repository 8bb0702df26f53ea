"""The syntax of Markdown blocks, line by line (CommonMark 0.31)."""

import re

SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"


SPACE = f"[{SPACES}]"


ITEM = re.compile(rf"(?P<mark>[-*+]|\d{{1,9}}[.)])(?P<gap>{SPACE}+)(?P<text>\S.*)")


RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")


FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})[^`]*")


HEADING = re.compile(rf"(?P<mark>#{{1,6}})(?P<gap>{SPACE}*)(?P<text>.*)")


HASHTAGS = re.compile(r"#[^\s#]+(?:\s+#[^\s#]+)*\s*")


_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")


NOTE = re.compile(r"\[\^[^\]]+\]:")


RAW = re.compile(
    r"<(table|ul|ol|dl|pre|figure|p|blockquote|h[1-6]|svg|math|script|style|iframe|video|audio|object)\b", re.IGNORECASE
)


BLOCK_TAG = re.compile(r"</?(?:details|div|summary)\b[^<>]*>", re.IGNORECASE)


_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


SEPARATE = re.compile(  # how a line begins that was meant to stand alone
    r"[-+•●▪◦‣⁃–—](?![-+*–—\d])\s*\S|\*\s+\S|[IVX]{1,4}[./)]\s|\d{1,3}(?:\.\d{1,3})+\.?\s|\d{1,3}[./)](?:\s|[^\W\d_])|[a-zđ]\)\s*\S|[A-ZĐ][.)]\s"
)


ENDS_SENTENCE = re.compile(r"""[.:;!?…][”’"')\]]*$""")


CODE = 4  # spaces from which a line is code


def split_indent(line: str) -> tuple[int, str]:
    """Return a line's indentation in columns (tab stops of 4), and the rest."""
    if not line or (line[0] > " " and line[0] < "\u00a0"):
        return 0, line
    text = line.lstrip(SPACES)
    return len("".join(" " if sign != "\t" else sign for sign in line[: len(line) - len(text)]).expandtabs(4)), text


def dedented(line: str, indent: int) -> str:
    """Return a line with less indentation."""
    width, text = split_indent(line)
    return f"{' ' * max(0, width - indent)}{text}"


def closes_fence(line: str, mark: str) -> bool:
    """Return whether a line closes the fence that `mark` opened."""
    text = line.strip()
    return len(text) >= len(mark) and set(text) == {mark[0]}


def without_quote_mark(line: str) -> str:
    """Return a quoted line without its ">"."""
    text = line.lstrip()[1:]
    return text[1:] if text.startswith((" ", "\u00a0")) else text


def is_prose(text: str) -> bool:
    """Return whether an indented line is no code: it has a letter beyond ASCII."""
    return any(letter.isalpha() and not letter.isascii() for letter in text)


_DEFINITION = re.compile(r"""\[(?P<label>[^\]^][^\]]*)\]:\s*(?P<address><.*>|\S.*?)(?P<title>\s+(?:"[^"]*"|'[^']*'))?\s*""")


_ADDRESS = re.compile(r"[/#{<]|\w:|\.\w")


def normalize_definition(text: str) -> str:
    """Return a reference definition without spaces in its address, or as words."""
    match = _DEFINITION.fullmatch(text)
    if not match:
        return text
    spaced = re.search(r"\s", match["address"]) and not re.match(r"<|[/.{]", match["address"])
    if spaced or not _ADDRESS.search(match["address"]):
        return f"\\{text}"
    address = re.sub(r"\s", "%20", match["address"].removeprefix("<").removesuffix(">"))
    return f"[{match['label']}]: {address}{match['title'] or ''}"


def is_table(lines: list[str], at: int) -> bool:
    """Return whether a table begins at a line."""
    if "|" not in lines[at] or at + 1 >= len(lines):
        return False
    below = lines[at + 1].strip()
    return "|" in below and "-" in below and _DELIMITER.fullmatch(below) is not None


def without_code(text: str) -> str:
    """Return a line of the same length with spaces for code."""
    return _CODE_SPAN.sub(lambda match: " " * len(match[0]), text) if "`" in text else text
