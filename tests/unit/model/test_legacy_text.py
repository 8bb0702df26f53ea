"""Holds the recognition of text typed for fonts before Unicode, and above all that nothing else is taken for it."""

from pathlib import Path

import pytest

from chuyendoiso.model.legacy_text import LegacyText, find_legacy_text, is_syllable

ROOT = Path(__file__).parents[3]
TCVN3, VNI, UTF8 = "TCVN3 (ABC)", "VNI", "UTF-8"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ChuyÓn ®æi sè", LegacyText(1, "ChuyÓn ®æi sè", "Chuyển đổi số", TCVN3)),
        ("---\ntitle: ChuyÓn ®æi sè\n", LegacyText(2, "ChuyÓn ®æi sè", "Chuyển đổi số", TCVN3)),
        ('title: "b¶n ®å sè"', LegacyText(1, "b¶n ®å sè", "bản đồ số", TCVN3)),
        ("ñy ban nh©n d©n x·", LegacyText(1, "ñy ban nh©n d©n x·", "ủy ban nhân dân xã", TCVN3)),
        ("ph¸t triÓn ®« thÞ th«ng minh", LegacyText(1, "ph¸t triÓn ®« thÞ th«ng minh", "phát triển đô thị thông minh", TCVN3)),
        ("ch\u00ad¬ng tr×nh h\u00adíng dÉn", LegacyText(1, "ch\u00ad¬ng tr×nh h\u00adíng dÉn", "chương trình hướng dẫn", TCVN3)),
        ("§¶ng bé, chÝnh quyÒn", LegacyText(1, "§¶ng bé, chÝnh quyÒn", "Đảng bộ, chính quyền", TCVN3)),
        (
            "Xã Mẫu họp bàn về đô thị và ph¸t triÓn kinh tế số ở các xóm.",
            LegacyText(1, "ph¸t triÓn kinh tế số ở các xóm.", "phát triển kinh tế số ở các xóm.", TCVN3),
        ),
        ("Chuyeån ñoåi soá", LegacyText(1, "Chuyeån ñoåi soá", "Chuyển đổi số", VNI)),
        ("UÛy ban nhaân daân tænh", LegacyText(1, "UÛy ban nhaân daân tænh", "Ủy ban nhân dân tỉnh", VNI)),
        ("ngöôøi daân ñöôïc höôûng lôïi", LegacyText(1, "ngöôøi daân ñöôïc höôûng lôïi", "người dân được hưởng lợi", VNI)),
        ("phaùt trieån ñoâ thò", LegacyText(1, "phaùt trieån ñoâ thò", "phát triển đô thị", VNI)),
        ("Chuyá»ƒn Ä‘á»•i sá»‘", LegacyText(1, "Chuyá»ƒn Ä‘á»•i sá»‘", "Chuyển đổi số", UTF8)),
        ("Chuyển đổi số".encode().decode("latin-1"), LegacyText(1, "Chuyá»\x83n Ä\x91á»\x95i sá»\x91", "Chuyển đổi số", UTF8)),
        ("a\nb\nlÃ  nghá»‹ quyáº¿t", LegacyText(3, "nghá»‹ quyáº¿t", "nghị quyết", UTF8)),
    ],
)
def test_text_in_an_old_encoding_is_found_and_decoded(text, expected):
    assert expected == find_legacy_text(text)


@pytest.mark.parametrize(
    "text",
    [
        # Vietnamese
        "Đổi mới sáng tạo và chuyển đổi số (CNTT®), hóa đơn, thú, bé, có, mò, né, sè, thé, lê",
        "«Ôi» và «ăn» «ân», ©Ban biên tập, Tổ công nghệ số® đến từng nhà",
        "Hué, Hanoï, Saïgon, Tourane, Annam",
        "5 µm, 3µs, §5, £10, ¥100, 20 °C, ±2, 1¼ giờ, x², từ¹, Nº 5, 1ª",
        "Zalo® và Intel® © 2026; Microsoft™ · Viettel",
        "khá”, “là”, ‘á’, á… à–á",
        # code
        '`int µ = a ¬ b; x = "®æ"; ¦ §a`',
        'for (int i=0;i<n;++i) { s += "\\xc3\\xa1"; } // ñ ø å',
        '<a title="é">&copy; &reg; &micro;</a>',
        # French
        "Où est-ce qu'on a mangé du maïs et du thé après l'été ? L'août fut haï.",
        "« Le garçon naïf » a dit : « où çà ? »",
        "Le maïs, où haï",
        "été là né à thé bé où lé",
        "La baïonnette de Loïc, l'aïeul, ouïe, Moïse; Noël, Thaï, une tô, naïf",
        # German
        "Über die Straße fährt Herr Müller; schön, größer, Öl, Tür, König »Wort« und «Wort»",
        "Ärger, Übung, Ö, für, hör, Bö, Mär, Föhn",
        # Spanish, Portuguese, Catalan, Italian
        "¡Hola! ¿Qué tal, niño? El año que viene, la 1ª y la 2º de Mª José",
        "¿Dónde está? ¡Ay! ¡Eh! ¡Oh! «¡ay!» ¡Ah, ñu, ña!",
        "Nª Sª del Carmen",
        "Não, põe, mãe, coração, São João, à água, é, ê, ô",
        "col·lecció, paral·lel, l'àvia, raïm, veïna, país",
        "Perché la città è più bella, però così",
        # Czech, Polish, Hungarian
        "Příliš žluťoučký kůň úpěl ďábelské ódy. Má malý dům, není dobrý.",
        "Zażółć gęślą jaźń; łódź, źdźbło",
        "Öt köt ön tök sör bö tört; árvíztűrő tükörfúrógép",
        # Nordic languages
        "Smørrebrød på øen, blåbær, Århus, æble, Ø, Å",
        "Hyvää päivää, työ, yö, öljy, hän näkee tämän",
        "Þór Ísland þetta er það",
        # other writing
        "Ελληνικά, кириллица, 日本語, العربية, 한국어, 👨‍👩‍👧 🇻🇳",
        "Phông cũ hiện `ChuyÓn ®æi sè` thay cho Chuyển đổi số.",
        "",
    ],
)
def test_unicode_text_is_not_taken_for_an_old_encoding(text):
    assert find_legacy_text(text) is None


def test_no_published_text_is_taken_for_an_old_encoding():
    files = [*(ROOT / "content").rglob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests/sites/small").rglob("*.md")]
    actual = {path.name: find_legacy_text(path.read_text("utf-8")) for path in files}
    assert dict.fromkeys(actual) == actual


@pytest.mark.parametrize(
    "word",
    "Chuyển đổi số quốc gia nghiệm Quỳnh khuỷu ngoằn ngoèo xoong giếng gì giêng quyết yêu uống ươn ưu ỉa y thuở huơ Đà".split(),
)
def test_a_vietnamese_syllable(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "ChuyÓn ®æi ñy été où garçon Müller jazz wifi a1 đđ ngă ơu".split())
def test_what_is_no_vietnamese_syllable(word):
    assert not is_syllable(word)
