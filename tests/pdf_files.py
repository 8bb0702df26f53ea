"""PDF files with Vietnamese words in them, as far as text extraction goes: characters are their own codes (ISO 32000-1, 9.7 and 9.10.3)."""

_MAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"256 beginbfrange "
    + b" ".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(256))
    + b" endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"
)


def pdf_of(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one page with these lines."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td " for line in lines)
    page = f"BT /F1 12 Tf 40 800 Td {shown}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 600>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(_MAP), _MAP),
    ]
    raw, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"xref\n0 8\n0000000000 65535 f \n%strailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(raw))
