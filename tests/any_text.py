"""Strategies of hypothesis for any text, with what is awkward in Vietnamese, Markdown, HTML, YAML and Unicode."""

from hypothesis import strategies as st

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵĐÀÁẠẾỘƯ"
PIECES = (
    *VIETNAMESE, " ", "  ", "-", "\u00a0", "<", ">", "&", '"', "'", "]]>", "<!--", "-->", "&amp;", "&#27;", "&lt;b&gt;", "<script>", "</title>", "</p>",
    "{{", "}}", "{%", "[", "](", ")", "`", "*", "_", "#", " #", ": ", "|", "\\", "%", "@", "!", "~", "$", "\u0301", "\u0323", "\u200d", "\u200b", "\u202e",
    "\u2028", "\ufeff", "\u00ad", "שלום", "العربية", "日本", "👩\u200d👧", "🇻🇳", "𠀀", "ß", "İ", "ﬁ", "½", "²", "“", "”", "–", "…", "®", "µ", "©", "1", "2026",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
ANY = st.text(max_size=40) | TEXTS
