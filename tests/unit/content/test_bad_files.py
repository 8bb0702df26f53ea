"""Files that are bad as files: by their bytes, their names, their places, what they link to, and each other. What the checks say, whole."""

import errno
import io
import os
import socket
from pathlib import Path
from unicodedata import normalize

import pytest
from bad_content import FIELDS, FINE, make_source, reported, write_content
from PIL import Image

from chuyendoiso.authoring.demo_content import sample_pdf

NEWS = "tin-tuc/2026/"
KINDS = {"tin-tuc": "news", "van-ban": "document", "tap-huan": "training", "trang": "page"}
A = "---\ntitle: Chuyển đổi số ở xã Mẫu\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\nThân bài về chuyển đổi số, người dân.\n"
# Name, the file, and what is said of it.
FILES = [
    (
        "utf-16",
        A.encode("utf-16"),
        '1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "utf-16-be-bom",
        b"\xfe\xff" + A.encode("utf-16-be"),
        '1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "utf-16-le-no-bom",
        A.encode("utf-16-le"),
        '1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "utf-16-be-no-bom",
        A.encode("utf-16-be"),
        '1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "utf-32",
        A.encode("utf-32"),
        '1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "windows-1258",
        normalize("NFD", A).encode("cp1258", "replace"),
        '2: Tệp không phải UTF-8 (byte 0xD2 ở vị trí 18). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "latin-1",
        b"---\ntitle: Caf\xe9\n---\n",
        '2: Tệp không phải UTF-8 (byte 0xE9 ở vị trí 15). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "invalid-in-body",
        A.encode() + b"\xff",
        '8: Tệp không phải UTF-8 (byte 0xFF ở vị trí 159). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "truncated",
        A.encode()[:-3] + "ự".encode()[:2],
        '7: Tệp không phải UTF-8 (byte 0xE1 ở vị trí 156). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "overlong",
        A.encode() + b"\xc0\xaf",
        '8: Tệp không phải UTF-8 (byte 0xC0 ở vị trí 159). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "cesu-8",
        A.encode() + b"\xed\xa0\xbd\xed\xb8\x80",
        '8: Tệp không phải UTF-8 (byte 0xED ở vị trí 159). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "gzip",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        "1: Tệp không phải tệp chữ: bên trong là tệp Word, PDF, tệp nén hoặc ảnh. Cách sửa: chép chữ sang một tệp .md mới; ảnh và tệp đính kèm thì để trong content/media/. [encoding]",
    ),
    (
        "docx-as-md",
        b"PK\x03\x04\x14\x00\x06\x00",
        "1: Tệp không phải tệp chữ: bên trong là tệp Word, PDF, tệp nén hoặc ảnh. Cách sửa: chép chữ sang một tệp .md mới; ảnh và tệp đính kèm thì để trong content/media/. [encoding]",
    ),
    (
        "png-as-md",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "1: Tệp không phải tệp chữ: bên trong là tệp Word, PDF, tệp nén hoặc ảnh. Cách sửa: chép chữ sang một tệp .md mới; ảnh và tệp đính kèm thì để trong content/media/. [encoding]",
    ),
    (
        "nul",
        A + "a\x00b",
        "8: Có ký tự điều khiển U+0000, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "bell",
        A + "\x07",
        "8: Có ký tự điều khiển U+0007, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "escape",
        A + "\x1b[31m",
        "8: Có ký tự điều khiển U+001B, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "form-feed",
        A + "\x0c",
        "8: Có ký tự điều khiển U+000C, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "vertical-tab",
        A + "\x0b",
        "8: Có ký tự điều khiển U+000B, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "delete",
        A + "\x7f",
        "8: Có ký tự điều khiển U+007F, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "c1",
        A + "\x80",
        "8: Có ký tự điều khiển U+0080, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "fdd0",
        A + "\ufdd0",
        "8: Có ký tự điều khiển U+FDD0, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ffff",
        A + "\uffff",
        "8: Có ký tự điều khiển U+FFFF, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "1fffe",
        A + "\U0001fffe",
        "8: Có ký tự điều khiển U+1FFFE, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "10ffff",
        A + "\U0010ffff",
        "8: Có ký tự điều khiển U+10FFFF, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-escape",
        A + "a &#27; b",
        "8: Có ký tự điều khiển &#27;, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-hex",
        A + "\n\na &#x1B; b",
        "10: Có ký tự điều khiển &#x1B;, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-no-semicolon",
        A + "<b>a &#8 b</b>",
        "8: Có ký tự điều khiển &#8, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-ffff",
        A + "&#xFFFF;",
        "8: Có ký tự điều khiển &#xFFFF;, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-surrogate",
        A + "&#xD800;",
        "8: Có ký tự điều khiển &#xD800;, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-before-a-letter",
        A + "<b>&#27abc</b>",
        "8: Có ký tự điều khiển &#27, không hiện được trên trang và làm hỏng nguồn tin. "
        "Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-in-emphasis",
        A + "&#2*7;*",
        "8: Có ký tự điều khiển &#2, không hiện được trên trang và làm hỏng nguồn tin. "
        "Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-hidden",
        A + "&#&#x202e;x202e;",
        "8: Có ký tự điều khiển &#x202e;, không hiện được trên trang và làm hỏng nguồn tin. "
        "Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "ref-split",
        A + "&#&#x202e;27;",
        "8: Có ký tự điều khiển &#27;, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "conflict-body",
        A + "\n<<<<<<< HEAD\nSố buổi: 2.\n=======\nSố buổi: 3.\n>>>>>>> sua\n",
        '9: Có dấu "<<<<<<< HEAD" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
    (
        "conflict-in-fields",
        make_source("news", "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> sua"),
        '7: Có dấu "<<<<<<< HEAD" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
    (
        "conflict-half-mended",
        A + "\nSố buổi: 3.\n>>>>>>> sua-so-lieu\n",
        '10: Có dấu ">>>>>>> sua-so-lieu" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
    (
        "conflict-windows",
        (A + "\n<<<<<<< HEAD\na\n=======\n>>>>>>> b\n").replace("\n", "\r\n"),
        '9: Có dấu "<<<<<<< HEAD" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
    (
        "tcvn3",
        A.replace("Thân bài", "ChuyÓn ®æi sè"),
        '7: Chữ "ChuyÓn ®æi sè về chuyển đổi số, người" gõ cho phông chữ cũ TCVN3 (ABC), trang chỉ đọc được Unicode. Cách sửa: chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "Chuyển đổi sè về chuyển đổi số, người". [legacy-font-text]',
    ),
    (
        "tcvn3-title",
        make_source("news", "title: ChuyÓn ®æi sè"),
        '2: Chữ "ChuyÓn ®æi sè" gõ cho phông chữ cũ TCVN3 (ABC), trang chỉ đọc được Unicode. Cách sửa: chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "Chuyển đổi số". [legacy-font-text]',
    ),
    (
        "tcvn3-bytes",
        b"---\ntitle: Chuy\xd3n \xae\xe6i s\xe8\ndate: 2026-11-20\nsummary: a\ntopic: xa-hoi-so\n---\n",
        '2: Chữ "ChuyÓn ®æi sè" gõ cho phông chữ cũ TCVN3 (ABC), trang chỉ đọc được Unicode. Cách sửa: chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "Chuyển đổi số". [legacy-font-text]',
    ),
    (
        "vni",
        make_source("news", "title: Chuyeån ñoåi soá"),
        '2: Chữ "Chuyeån ñoåi soá" gõ cho phông chữ cũ VNI, trang chỉ đọc được Unicode. Cách sửa: chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "Chuyển đổi số". [legacy-font-text]',
    ),
    (
        "mojibake",
        make_source("news", "title: Chuyá»ƒn Ä‘á»•i sá»‘"),
        '2: Chữ "Chuyá»ƒn Ä‘á»•i sá»‘" là UTF-8 mà phần mềm đã đọc nhầm bảng mã. Cách sửa: mở lại tệp gốc với bảng mã UTF-8 rồi chép lại, thành "Chuyển đổi số". [encoding]',
    ),
    ("empty", "", "1: Tệp rỗng. Cách sửa: viết nội dung, hoặc xóa tệp nếu không cần. [empty-file]"),
    ("blank", " \n\t\n", "1: Tệp rỗng. Cách sửa: viết nội dung, hoặc xóa tệp nếu không cần. [empty-file]"),
    ("bom-only", "\ufeff", "1: Tệp rỗng. Cách sửa: viết nội dung, hoặc xóa tệp nếu không cần. [empty-file]"),
    (
        "open-only",
        "---",
        "1: Phần khai báo mở bằng dòng --- nhưng không có dòng --- đóng lại. Cách sửa: thêm một dòng --- ngay sau trường cuối cùng. [front-matter]",
    ),
    (
        "open-newline",
        "---\n",
        "1: Phần khai báo mở bằng dòng --- nhưng không có dòng --- đóng lại. Cách sửa: thêm một dòng --- ngay sau trường cuối cùng. [front-matter]",
    ),
    (
        "empty-fields",
        "---\n---\n",
        "2: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "blank-fields",
        "---\n\n---\n",
        "2: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "comment-fields",
        "---\n# a\n---\n",
        "2: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "scalar",
        "---\na\n---\n",
        "2: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "dots",
        "---\ntitle: a\n...\n",
        "1: Phần khai báo mở bằng dòng --- nhưng không có dòng --- đóng lại. Cách sửa: thêm một dòng --- ngay sau trường cuối cùng. [front-matter]",
    ),
    (
        "toml",
        "+++\ntitle = 'a'\n+++\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "json",
        '{"title": "a"}\n',
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "four-dashes",
        "----\ntitle: a\n----\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "spaced",
        "\n---\ntitle: a\n---\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "indented",
        " ---\ntitle: a\n---\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "em-dash",
        "—\ntitle: a\n—\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "body-only",
        "# Tên\n\nThân\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "pelican",
        "Title: a\nDate: 2026-01-01\n\nThân\n",
        '1: Phần khai báo viết theo kiểu cũ của Pelican ("Title: a"), không có dòng --- bao quanh. Cách sửa: chạy make check FIX=1, hoặc đặt phần khai báo giữa hai dòng ---. [pelican-header]',
    ),
    (
        "rst",
        "Tên\n###\n\n:date: 2026-01-01\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "html",
        "<!DOCTYPE html><title>a</title>\n",
        "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
    ),
    (
        "conflict",
        "<<<<<<< HEAD\n---\ntitle: a\n---\n",
        '1: Có dấu "<<<<<<< HEAD" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
    (
        "conflict-in",
        make_source("news", "<<<<<<< HEAD"),
        '6: Có dấu "<<<<<<< HEAD" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
]
# The file's name, its text being a good one of its kind, and what is said of it.
NAMES = [
    (
        "tin-tuc/a.md",
        "1: Bài tin không nằm trong thư mục của một năm. Cách sửa: chuyển tệp vào tin-tuc/năm/, ví dụ tin-tuc/2026/a.md. [wrong-folder]",
    ),
    (
        "tin-tuc/2026/11/a.md",
        "1: Bài tin không nằm trong thư mục của một năm. Cách sửa: chuyển tệp vào tin-tuc/năm/, ví dụ tin-tuc/2026/a.md. [wrong-folder]",
    ),
    (
        "tin-tuc/26/a.md",
        "1: Bài tin không nằm trong thư mục của một năm. Cách sửa: chuyển tệp vào tin-tuc/năm/, ví dụ tin-tuc/2026/a.md. [wrong-folder]",
    ),
    (
        "tin-tuc/2026x/a.md",
        "1: Bài tin không nằm trong thư mục của một năm. Cách sửa: chuyển tệp vào tin-tuc/năm/, ví dụ tin-tuc/2026/a.md. [wrong-folder]",
    ),
    (
        "tin-tuc/2500/a.md",
        "1: Bài tin không nằm trong thư mục của một năm. Cách sửa: chuyển tệp vào tin-tuc/năm/, ví dụ tin-tuc/2026/a.md. [wrong-folder]",
    ),
    (
        "van-ban/cu/a.md",
        '1: Tệp nằm trong thư mục con "van-ban/cu". Cách sửa: chuyển tệp ra thẳng thư mục van-ban/. [wrong-folder]',
    ),
    (
        "tap-huan/2026/a.md",
        '1: Tệp nằm trong thư mục con "tap-huan/2026". Cách sửa: chuyển tệp ra thẳng thư mục tap-huan/. [wrong-folder]',
    ),
    ("trang/a/b.md", '1: Tệp nằm trong thư mục con "trang/a". Cách sửa: chuyển tệp ra thẳng thư mục trang/. [wrong-folder]'),
    (
        "a.md",
        '1: Tệp "a.md" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: chuyển tệp vào đúng thư mục, hoặc xóa nếu không cần. [stray-file]',
    ),
    (
        "khac/a.md",
        '1: Tệp "a.md" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: chuyển tệp vào đúng thư mục, hoặc xóa nếu không cần. [stray-file]',
    ),
    (
        "Van-ban/a.md",
        '1: Tệp "a.md" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: đổi tên thư mục "Van-ban" thành van-ban. [stray-file]',
    ),
    (
        "tin-tuc /2026/a.md",
        '1: Tệp "a.md" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: đổi tên thư mục "tin-tuc " thành tin-tuc. [stray-file]',
    ),
    (
        "drafts/a.md",
        '1: Tệp "a.md" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: chuyển tệp vào đúng thư mục, hoặc xóa nếu không cần. [stray-file]',
    ),
    (
        "tin-tuc/2026/a.txt",
        '1: Tệp "a.txt" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành a.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/b.MD",
        '1: Tệp "b.MD" không phải bài viết .md. Cách sửa: đổi tên thành b.md (đuôi chữ thường). [wrong-extension]',
    ),
    (
        "tin-tuc/2026/c.Md",
        '1: Tệp "c.Md" không phải bài viết .md. Cách sửa: đổi tên thành c.md (đuôi chữ thường). [wrong-extension]',
    ),
    (
        "tin-tuc/2026/d.html",
        '1: Tệp "d.html" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành d.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/e.rst",
        '1: Tệp "e.rst" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành e.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/f.docx",
        '1: Tệp "f.docx" không phải bài viết .md. Cách sửa: nếu là ảnh hoặc tệp đính kèm, chuyển vào content/media/; nếu là bài viết, chép chữ sang một tệp .md mới. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/g.markdown",
        '1: Tệp "g.markdown" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành g.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/h",
        '1: Tệp "h" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành h.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/i.md.bak",
        '1: Tệp "i.md.bak" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành i.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/j.md.txt",
        '1: Tệp "j.md.txt" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành j.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/k.jpg",
        '1: Tệp "k.jpg" không phải bài viết .md. Cách sửa: nếu là ảnh hoặc tệp đính kèm, chuyển vào content/media/; nếu là bài viết, chép chữ sang một tệp .md mới. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/l.svg",
        '1: Tệp "l.svg" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành l.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/m.yml",
        '1: Tệp "m.yml" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành m.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/.md",
        '1: Tệp ".md" không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành ten-bai.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "van-ban/n.pdf",
        '1: Tệp "n.pdf" không phải bài viết .md. Cách sửa: nếu là ảnh hoặc tệp đính kèm, chuyển vào content/media/; nếu là bài viết, chép chữ sang một tệp .md mới. [wrong-extension]',
    ),
    (
        "tin-tuc/2026/o.md ",
        '1: Tệp "o.md " không phải bài viết .md. Cách sửa: nếu là bài viết, đổi tên thành o.md và thêm phần khai báo; nếu không, xóa tệp. [wrong-extension]',
    ),
    (
        "site.yaml",
        '1: Tệp "site.yaml" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: nếu là tệp cài đặt của trang, đổi tên thành site.yml; nếu không, xóa tệp. [stray-file]',
    ),
    (
        "site.yml.md",
        '1: Tệp "site.yml.md" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: chuyển tệp vào đúng thư mục, hoặc xóa nếu không cần. [stray-file]',
    ),
    (
        "Site.yml",
        '1: Tệp "Site.yml" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: nếu là tệp cài đặt của trang, đổi tên thành site.yml; nếu không, xóa tệp. [stray-file]',
    ),
    (
        "README.txt",
        '1: Tệp "README.txt" nằm ngoài các thư mục tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang, media. Cách sửa: chuyển tệp vào đúng thư mục, hoặc xóa nếu không cần. [stray-file]',
    ),
    (
        "tin-tuc/2026/!!!.md",
        '2: Tên tệp "!!!" không có chữ hoặc số nào để làm địa chỉ. Cách sửa: thêm dòng slug: với chữ thường không dấu, chữ số và dấu gạch nối. [invalid-slug]',
    ),
    (
        "tin-tuc/2026/日本.md",
        '2: Tên tệp "日本" không có chữ hoặc số nào để làm địa chỉ. Cách sửa: thêm dòng slug: với chữ thường không dấu, chữ số và dấu gạch nối. [invalid-slug]',
    ),
    (
        "tin-tuc/2026/" + "a" * 101 + ".md",
        "2: Tên tệp cho địa chỉ dài 101 ký tự, tối đa 100. Cách sửa: thêm dòng slug: ngắn hơn, ví dụ "
        + "a" * 60
        + ". [invalid-slug]",
    ),
    (
        "tin-tuc/2026/thang-01.md",
        '2: Địa chỉ "/tin-tuc/2026/thang-01/" là của danh sách có sẵn trên trang. Cách sửa: thêm hoặc sửa dòng slug:, ví dụ slug: bai-thang-01. [reserved-path]',
    ),
    (
        "tap-huan/da-qua.md",
        '2: Địa chỉ "/tap-huan/da-qua/" là của danh sách có sẵn trên trang. Cách sửa: thêm hoặc sửa dòng slug:, ví dụ slug: bai-da-qua. [reserved-path]',
    ),
    (
        "van-ban/trang-2.md",
        '2: Địa chỉ "/van-ban/trang-2/" là của danh sách có sẵn trên trang. Cách sửa: thêm hoặc sửa dòng slug:, ví dụ slug: bai-trang-2. [reserved-path]',
    ),
    ("trang/chu-de.md", '2: Địa chỉ "/chu-de/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ chu-de-1. [reserved-path]'),
    ("trang/404.md", '2: Địa chỉ "/404/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ 404-1. [reserved-path]'),
    ("trang/Feeds.md", '2: Địa chỉ "/feeds/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ feeds-1. [reserved-path]'),
    (
        "tin-tuc/2026/a\tb.md",
        '1: Tên tệp hoặc thư mục "tin-tuc/2026/a�b.md" có ký tự ẩn hoặc không đọc được (�). Cách sửa: đổi tên, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối. [invalid-name]',
    ),
    (
        "tin-tuc/2026/a\nb.md",
        '1: Tên tệp hoặc thư mục "tin-tuc/2026/a�b.md" có ký tự ẩn hoặc không đọc được (�). Cách sửa: đổi tên, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối. [invalid-name]',
    ),
    (
        "tin-tuc/2026/a\u202eb.md",
        '1: Tên tệp hoặc thư mục "tin-tuc/2026/a�b.md" có ký tự ẩn hoặc không đọc được (�). Cách sửa: đổi tên, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối. [invalid-name]',
    ),
    (
        "tin-tuc/2026/a\u200bb.md",
        '1: Tên tệp hoặc thư mục "tin-tuc/2026/a�b.md" có ký tự ẩn hoặc không đọc được (�). Cách sửa: đổi tên, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối. [invalid-name]',
    ),
]
# A body, and what is said of its link or picture.
BODIES = [
    (
        "[a](khac.md)",
        '7: Liên kết tới tệp "khac.md" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-target]',
    ),
    (
        "[a](../../van-ban/khong.md)",
        '7: Liên kết tới tệp "../../van-ban/khong.md" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-target]',
    ),
    (
        "[a](../../../../etc/passwd)",
        '7: Liên kết "../../../../etc/passwd" đi ra ngoài thư mục content/. Cách sửa: chép tệp vào content/media/ và liên kết tới đó. [bad-link]',
    ),
    (
        "[a](/van-ban/khong/)",
        '7: Liên kết tới địa chỉ "/van-ban/khong/" không có trên trang. Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]',
    ),
    (
        "[a](/tin-tuc/2026/)",
        '7: Liên kết tới địa chỉ "/tin-tuc/2026/" không có trên trang. Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]',
    ),
    (
        "[a](/media/khong.pdf)",
        '7: Tệp "/media/khong.pdf" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
    ),
    (
        "[a](/media/)",
        '7: Liên kết tới địa chỉ "/media/" không có trên trang. Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]',
    ),
    (
        "[a](/media)",
        '7: Liên kết tới địa chỉ "/media/" không có trên trang. Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]',
    ),
    (
        "[a](#khong)",
        '7: Liên kết "#khong" tới mục "#khong" không có trong bài. Cách sửa: bỏ phần từ dấu # trở đi, hoặc thêm tiêu đề tương ứng. [missing-anchor]',
    ),
    (
        "[a](dich.md#khong)",
        '7: Liên kết "dich.md#khong" tới mục "#khong" không có trong bài. Cách sửa: bỏ phần từ dấu # trở đi, hoặc thêm tiêu đề tương ứng. [missing-anchor]',
    ),
    (
        "[a](dich.md#muc-hia)",
        '7: Liên kết "dich.md#muc-hia" tới mục "#muc-hia" không có trong bài. Cách sửa: có phải là #muc-hai? [missing-anchor]',
    ),
    (
        "[a](Dich.md)",
        '7: Liên kết tới tệp "Dich.md" không tồn tại. Cách sửa: viết đúng chữ hoa, chữ thường: content/tin-tuc/2026/dich.md. [missing-target]',
    ),
    (
        "[a](dich)",
        '7: Liên kết "dich" không trỏ tới tệp .md hay tệp trong content/media/. Cách sửa: ghi đường dẫn tới tệp, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](DICH.MD)",
        '7: Liên kết tới tệp "DICH.MD" không tồn tại. Cách sửa: viết đúng chữ hoa, chữ thường: content/tin-tuc/2026/dich.md. [missing-target]',
    ),
    ("[a](/tin-tuc/2026/dich.md)", FINE),
    ("[a](/tin-tuc/2026/dich.md#muc-hai)", FINE),
    ("[a](/tin-tuc/2026/dich/#muc-hai)", FINE),
    ("[a](/tin-tuc/2026/dich#muc-hai)", FINE),
    (
        "[a](/tin-tuc/2026/dich/#muc-hia)",
        '7: Liên kết "/tin-tuc/2026/dich/#muc-hia" tới mục "#muc-hia" không có trong bài. Cách sửa: có phải là #muc-hai? [missing-anchor]',
    ),
    (
        "[a](/tin-tuc/2026/dich-cu/#khong)",
        '7: Liên kết "/tin-tuc/2026/dich-cu/#khong" tới mục "#khong" không có trong bài. Cách sửa: bỏ phần từ dấu # trở đi, hoặc thêm tiêu đề tương ứng. [missing-anchor]',
    ),
    (
        "[a](/Van-ban/)",
        '7: Liên kết tới địa chỉ "/Van-ban/" không có trên trang. Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]',
    ),
    ("[a]({filename}dich.md)", FINE),
    (
        "[a]({attach}a.pdf)",
        '7: Liên kết "{attach}a.pdf" dùng {attach}, trang không hiểu. Cách sửa: ghi đường dẫn tới tệp, ví dụ ../../van-ban/749-qd-ttg.md. [bad-link]',
    ),
    (
        "[a]({author}an)",
        '7: Liên kết "{author}an" dùng {author}, trang không hiểu. Cách sửa: ghi đường dẫn tới tệp, ví dụ ../../van-ban/749-qd-ttg.md. [bad-link]',
    ),
    (
        "[a](|filename|dich.md)",
        '7: Liên kết tới tệp "|filename|dich.md" không tồn tại. Cách sửa: có phải là content/tin-tuc/2026/dich.md? [missing-target]',
    ),
    (
        "[a](javascript:alert(1))",
        '7: Liên kết "javascript:alert(1)" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](data:text/html,a)",
        '7: Liên kết "data:text/html,a" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](//a.vn/)",
        '7: Liên kết "//a.vn/" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](ftp://a.vn/)",
        '7: Liên kết "ftp://a.vn/" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](file:///etc/passwd)",
        '7: Liên kết "file:///etc/passwd" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](https://chinhphu.vn@xau.vn/)",
        '7: Liên kết "https://…@xau.vn/" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác. Cách sửa: bỏ phần tới dấu @ trong địa chỉ. [bad-link]',
    ),
    (
        "[a](mailto:)",
        '7: Liên kết "mailto:" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](tel:)",
        '7: Liên kết "tel:" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a]()",
        '7: Liên kết "" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a][x]\n\n[x]: khong.md",
        '9: Liên kết tới tệp "khong.md" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-target]',
    ),
    (
        '<a href="khong.md">a</a>',
        '7: Liên kết tới tệp "khong.md" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-target]',
    ),
    (
        '<a href="">a</a>',
        '7: Liên kết "" không dùng được. Cách sửa: dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /. [bad-link]',
    ),
    (
        "[a](/media/a%0Ab.pdf)",
        '7: Tệp "/media/a b.pdf" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
    ),
    (
        "[a](/media/%00.pdf)",
        '7: Tệp "/media/�.pdf" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
    ),
    (
        "[a](%2e%2e/%2e%2e/%2e%2e/a.md)",
        '7: Liên kết "%2e%2e/%2e%2e/%2e%2e/a.md" đi ra ngoài thư mục content/. Cách sửa: chép tệp vào content/media/ và liên kết tới đó. [bad-link]',
    ),
    (
        "![](/media/tot.png)",
        '7: Ảnh "/media/tot.png" không có mô tả. Cách sửa: ghi ảnh cho thấy gì trong ngoặc vuông: ![mô tả](/media/tot.png). [missing-alt]',
    ),
    (
        "![a](/media/khong.png)",
        '7: Ảnh "/media/khong.png" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
    ),
    (
        "![a](/media/Tot.png)",
        '7: Ảnh "/media/Tot.png" không tồn tại. Cách sửa: viết đúng chữ hoa, chữ thường: /media/tot.png. [missing-file]',
    ),
    (
        "![a](tot.png)",
        '7: Ảnh "tot.png" không nằm trong content/media/. Cách sửa: chép tệp ảnh vào content/media/ rồi ghi đường dẫn bắt đầu bằng /media/. [outside-media]',
    ),
    (
        "![a](https://a.vn/a.png)",
        '7: Ảnh "https://a.vn/a.png" không nằm trong content/media/. Cách sửa: chép tệp ảnh vào content/media/ rồi ghi đường dẫn bắt đầu bằng /media/. [outside-media]',
    ),
    (
        "![a](data:image/png;base64,AA)",
        '7: Ảnh "data:image/png;base64,AA" không nằm trong content/media/. Cách sửa: chép tệp ảnh vào content/media/ rồi ghi đường dẫn bắt đầu bằng /media/. [outside-media]',
    ),
    (
        "![a](/media/../site.yml)",
        '7: Ảnh "/media/../site.yml" không nằm trong content/media/. Cách sửa: chép tệp ảnh vào content/media/ rồi ghi đường dẫn bắt đầu bằng /media/. [outside-media]',
    ),
    (
        "![a](/media/tot.pdf)",
        '7: Tệp "/media/tot.pdf" không phải ảnh. Cách sửa: dùng ảnh có đuôi .jpg, .jpeg, .png, .webp, .gif, .heic, .heif. [wrong-file-type]',
    ),
    (
        "![a](/media/anh.svg)",
        '7: Tệp "/media/anh.svg" không phải ảnh. Cách sửa: dùng ảnh có đuôi .jpg, .jpeg, .png, .webp, .gif, .heic, .heif. [wrong-file-type]',
    ),
    (
        "![a]()",
        '7: Ảnh "" không nằm trong content/media/. Cách sửa: chép tệp ảnh vào content/media/ rồi ghi đường dẫn bắt đầu bằng /media/. [outside-media]',
    ),
    (
        '<img src="/media/tot.png">',
        '7: Ảnh "/media/tot.png" không có mô tả. Cách sửa: ghi ảnh cho thấy gì trong ngoặc vuông: ![mô tả](/media/tot.png). [missing-alt]',
    ),
    (
        "[a](/media/anh.svg)",
        '7: Tệp "/media/anh.svg" không thuộc loại được đính kèm. Cách sửa: lưu thành một trong: .pdf, .docx, .xlsx, .pptx, .odt, .ods. [wrong-file-type]',
    ),
    (
        "[a](/media/tot.html)",
        '7: Tệp "/media/tot.html" không thuộc loại được đính kèm. Cách sửa: lưu thành một trong: .pdf, .docx, .xlsx, .pptx, .odt, .ods. [wrong-file-type]',
    ),
    (
        "[a](/site.yml)",
        '7: Liên kết tới địa chỉ "/site.yml" không có trên trang. Cách sửa: kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài. [missing-address]',
    ),
    (
        "![a](../../media/tot.PNG)",
        '7: Ảnh "/media/tot.PNG" không tồn tại. Cách sửa: viết đúng chữ hoa, chữ thường: /media/tot.png. [missing-file]',
    ),
    ("[a](/media/tot.pdf#page=2)", FINE),
]


def picture(format_="PNG", mode="RGB", size=(40, 20), **options):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, format_, **options)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def bytes_told(tmp_path_factory):
    return reported(write_content(tmp_path_factory.mktemp("bytes"), {f"{NEWS}{name}.md": data for name, data, _ in FILES}))


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, _, expected in FILES])
def test_the_complete_message_of_every_unreadable_file(bytes_told, name, expected):
    assert expected == bytes_told[f"{NEWS}{name}.md"]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_the_complete_message_of_every_bad_name(tmp_path, name, expected):
    said = reported(write_content(tmp_path, {name: make_source(KINDS.get(name.partition("/")[0], "news"))}))
    assert ([] if expected == FINE else [expected]) == list(said.values())


@pytest.fixture(scope="module")
def reported_links(tmp_path_factory):
    media = {"tot.png": picture(), "tot.pdf": sample_pdf(), "anh.svg": "<svg/>", "tot.html": "<b>"}
    files = {f"media/{name}": data for name, data in media.items()}
    files |= {f"{NEWS}x{number}.md": make_source("news", "", f"{body}\n") for number, (body, _) in enumerate(BODIES)}
    return reported(
        write_content(
            tmp_path_factory.mktemp("links"),
            {**files, f"{NEWS}dich.md": make_source("news", "aliases: [/tin-tuc/2026/dich-cu/]", "## Mục hai\n")},
        )
    )


@pytest.mark.parametrize("number", range(len(BODIES)), ids=[body for body, _ in BODIES])
def test_the_complete_message_of_every_broken_link(reported_links, number):
    assert BODIES[number][1] == reported_links.get(f"{NEWS}x{number}.md", FINE)


# ── files that are wrong together ───────────────────────────────────────────────────────────────────────────────────────


def document(number: str, change: str = "") -> str:
    return make_source("document", change).replace("number: 1/QĐ-UBND", f"number: {number}")


def owned(alias: str) -> str:
    return f'6: Đường dẫn cũ "{alias}" là của phần có sẵn trên trang. Cách sửa: xóa đường dẫn này khỏi aliases. [reserved-path]'


def taken(alias: str, by: str) -> str:
    return f'6: Đường dẫn cũ "{alias}" đã là địa chỉ của content/{by}. Cách sửa: xóa đường dẫn này khỏi aliases. [doubled-path]'


def claimed(path: str, by: str, line: int = 2) -> str:
    return f'{line}: Địa chỉ "{path}" đã có ở content/{by}. Cách sửa: đổi tên tệp, hoặc thêm dòng slug: khác. [doubled-path]'


ALIASES = (
    "/van-ban/", "/TIN-TUC/", "/tin-tuc/2026/", "/tin-tuc/2026/thang-11/", "/tin-tuc/trang-1/", "/van-ban/trang-2/", "/van-ban/loai/ke-hoach/",
    "/van-ban/co-quan/ubnd/", "/van-ban/nam/2026/trang-1/", "/tap-huan/da-qua/", "/tap-huan/doi-tuong/nguoi-dan/", "/chu-de/", "/chu-de/xa-hoi-so/",
    "/tu-khoa/zalo/", "/tu-khoa/zalo/trang-3/", "/nguon-tin/", "/kenh-chinh-thuc/", "/feeds/tat-ca/", "/media/a/", "/css/", "/icons/a/", "/404.html/",
    "/robots.txt/", "/sitemap.xml/", "/site.webmanifest/a/",
)  # fmt: skip


@pytest.mark.parametrize("alias", ALIASES)
def test_a_former_path_that_the_site_needs_itself_is_refused(tmp_path, alias):
    assert reported(write_content(tmp_path, {f"{NEWS}a.md": make_source("news", f"aliases: [{alias}]")})) == {
        f"{NEWS}a.md": owned(alias)
    }


TOGETHER = {
    "one slug": ({f"{NEWS}a.md": make_source("news"), f"{NEWS}b.md": make_source("news", "slug: a")}, {f"{NEWS}b.md": claimed("/tin-tuc/2026/a/", f"{NEWS}a.md", 6)}),
    "names that differ by marks": ({f"{NEWS}họp.md": make_source("news"), f"{NEWS}hop.md": make_source("news")}, {f"{NEWS}họp.md": claimed("/tin-tuc/2026/hop/", f"{NEWS}hop.md")}),
    "names that differ by spaces": ({"trang/lien he.md": make_source("page"), "trang/lien-he.md": make_source("page")}, {"trang/lien-he.md": claimed("/lien-he/", "trang/lien he.md")}),
    "one slug in two years": ({f"{NEWS}a.md": make_source("news"), "tin-tuc/2025/a.md": make_source("news")}, {}),
    "a former path that is an article's": ({f"{NEWS}a.md": make_source("news"), f"{NEWS}b.md": make_source("news", "aliases: [/tin-tuc/2026/a/]")}, {f"{NEWS}b.md": taken("/tin-tuc/2026/a/", f"{NEWS}a.md")}),
    "a former path that is a page's": ({"trang/lien-he.md": make_source("page"), f"{NEWS}b.md": make_source("news", "aliases: [/lien-he/]")}, {f"{NEWS}b.md": taken("/lien-he/", "trang/lien-he.md")}),
    "one former path of two": ({f"{NEWS}a.md": make_source("news", "aliases: [/x/]"), f"{NEWS}b.md": make_source("news", "aliases: [/x/]")}, {f"{NEWS}b.md": taken("/x/", f"{NEWS}a.md")}),
    "one former path in two letter cases": ({f"{NEWS}a.md": make_source("news", "aliases: [/x/]"), f"{NEWS}b.md": make_source("news", "aliases: [/X/]")}, {f"{NEWS}b.md": taken("/X/", f"{NEWS}a.md")}),
    "a former path that is its own": ({f"{NEWS}a.md": make_source("news", "aliases: [/tin-tuc/2026/a/]")}, {f"{NEWS}a.md": taken("/tin-tuc/2026/a/", f"{NEWS}a.md")}),
    "a former path that is its own in capitals": ({f"{NEWS}a.md": make_source("news", "aliases: [/Tin-Tuc/2026/A/]")}, {f"{NEWS}a.md": taken("/Tin-Tuc/2026/A/", f"{NEWS}a.md")}),
    "a former path twice": ({f"{NEWS}a.md": make_source("news", "aliases: [/x/, /x/]")}, {f"{NEWS}a.md": taken("/x/", f"{NEWS}a.md")}),
    "a former path of a draft's": ({f"{NEWS}a.md": make_source("news", "status: draft"), f"{NEWS}b.md": make_source("news", "aliases: [/tin-tuc/2026/a/]")}, {f"{NEWS}b.md": taken("/tin-tuc/2026/a/", f"{NEWS}a.md").replace(": ", ": Bản nháp: ", 1)}),
    "tags with and without marks": (
        {f"{NEWS}a.md": make_source("news", "tags: [hóa đơn]"), f"{NEWS}b.md": make_source("news", "tags: [hoa đơn]")},
        {f"{NEWS}b.md": f'6: Từ khóa "hoa đơn" trùng địa chỉ với "hóa đơn" ở content/{NEWS}a.md. Cách sửa: dùng chung một cách viết, ví dụ "hóa đơn". [doubled-tag]'},
    ),
    "tags with the tone in two places": ({f"{NEWS}a.md": make_source("news", "tags: [hóa đơn]"), f"{NEWS}b.md": make_source("news", "tags: [hoá đơn]")}, {}),
    "a document twice": (
        {"van-ban/a.md": document("5/QĐ-UBND"), "van-ban/b.md": document("5/qđ-ubnd")},
        {"van-ban/b.md": '6: Văn bản "5/qđ-ubnd" cùng cơ quan, cùng ngày đã có ở content/van-ban/a.md. Cách sửa: giữ một tệp, xóa tệp kia, hoặc sửa số. [doubled-document]'},
    ),
    "one number on two days": ({"van-ban/a.md": document("5/QĐ-UBND"), "van-ban/b.md": document("5/QĐ-UBND", "issued_on: 2025-11-19")}, {}),
    "a relation to itself": (
        {"van-ban/a.md": document("5/QĐ-UBND", "replaces: [5/QĐ-UBND]")},
        {"van-ban/a.md": '11: Văn bản "5/QĐ-UBND" ghi quan hệ với chính nó. Cách sửa: xóa dòng này. [self-relation]'},
    ),
    "a relation to one of two": (
        {"van-ban/a.md": document("5/QĐ-UBND"), "van-ban/b.md": document("5/QĐ-UBND", "issued_on: 2025-11-19"), "van-ban/c.md": document("6/QĐ-UBND", "amends: [5/QĐ-UBND]")},
        {"van-ban/c.md": '11: Số "5/QĐ-UBND" có ở nhiều văn bản: content/van-ban/a.md, content/van-ban/b.md. Cách sửa: ghi thêm issuing_body và issued_on của văn bản muốn nói. [unclear-relation]'},
    ),
    "attachments with one address": (
        {"media/Bản gốc.pdf": sample_pdf(), "media/ban-goc.pdf": sample_pdf(), f"{NEWS}a.md": make_source("news", "", "[a](</media/Bản gốc.pdf>) [b](/media/ban-goc.pdf)\n")},
        {"media/ban-goc.pdf": '1: Tệp được đăng ở "/media/ban-goc.pdf", trùng với tệp content/media/Bản gốc.pdf. Cách sửa: đổi tên một trong hai tệp. [doubled-path]'},
    ),
    "one name in two forms of Unicode": (
        {normalize("NFC", f"{NEWS}họp.md"): make_source("news"), normalize("NFD", f"{NEWS}họp.md"): make_source("news")},
        {f"{NEWS}họp.md": f'1: Có hai tệp cùng tên "{NEWS}họp.md", chỉ khác cách máy ghi dấu tiếng Việt. Cách sửa: giữ một tệp, xóa hoặc đổi tên tệp kia. [doubled-name]'},
    ),
    "one picture's name in two forms of Unicode": (
        {normalize("NFC", "media/ảnh.png"): picture(), normalize("NFD", "media/ảnh.png"): picture(), f"{NEWS}a.md": make_source("news")},
        {"media/ảnh.png": '1: Có hai tệp cùng tên "media/ảnh.png", chỉ khác cách máy ghi dấu tiếng Việt. Cách sửa: giữ một tệp, xóa hoặc đổi tên tệp kia. [doubled-name]'},
    ),
    "a name in NFD, linked in NFC": ({normalize("NFD", "media/ảnh.png"): picture(), f"{NEWS}a.md": make_source("news", "", "![a](/media/ảnh.png)\n")}, {}),
    "files that systems leave": ({f"{NEWS}{name}": "x" for name in (".DS_Store", "._bai.md", "~$bai.docx", ".~lock.bai.odt#", "bai.md~", ".bai.md.swp", "Thumbs.db")}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", TOGETHER)
def test_the_complete_messages_of_files_that_conflict(tmp_path, name):
    files, expected = TOGETHER[name]
    assert expected == reported(write_content(tmp_path, files))


# ── what is no file ─────────────────────────────────────────────────────────────────────────────────────────────────────

LINK = "1: Tệp là liên kết tượng trưng tới nơi khác trên máy. Cách sửa: xóa liên kết, chép tệp thật vào chỗ này. [symlink]"
NO_FILE = (
    "1: Đây không phải tệp thường mà là đường ống hoặc thiết bị của máy. Cách sửa: xóa đi, chép tệp thật vào chỗ này. [not-a-file]"
)

A_FOLDER = (
    "1: Đây là thư mục nhưng mang tên như một tệp. Cách sửa: đổi tên thư mục và chuyển các tệp bên trong về đúng chỗ; "
    "nếu rỗng thì xóa. [not-a-file]"
)


def make_socket(path: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket may have no more than 107 bytes
    try:
        server.bind(path.name)
    finally:
        os.chdir(here)
        server.close()


UNREAL = {
    "a link to a file": (f"{NEWS}a.md", lambda path: path.symlink_to(path.parents[2] / "site.yml"), LINK),
    "a link to a file outside": (f"{NEWS}a.md", lambda path: path.symlink_to("/etc/hostname"), LINK),
    "a link to nothing": (f"{NEWS}a.md", lambda path: path.symlink_to("khong-co"), LINK),
    "a link to itself": (f"{NEWS}a.md", lambda path: path.symlink_to(path.name), LINK),
    "a link to a folder": ("tin-tuc/2025", lambda path: path.symlink_to("/etc"), LINK),
    "a link for a whole folder": ("van-ban", lambda path: path.symlink_to("tin-tuc"), LINK),
    "a link to the folder around it": ("trang/tat-ca", lambda path: path.symlink_to(".."), LINK),
    "the media folder as a link": ("media", lambda path: path.symlink_to("/etc"), LINK),
    "a picture that is a link": ("media/a.png", lambda path: path.symlink_to("/etc/hostname"), LINK),
    "the settings as a link": ("site.yml", lambda path: path.symlink_to("/etc/hostname"), LINK),
    "a pipe": (f"{NEWS}a.md", os.mkfifo, NO_FILE),
    "a pipe with no ending": ("khac", os.mkfifo, NO_FILE),
    "a picture that is a pipe": ("media/a.png", os.mkfifo, NO_FILE),
    "the settings as a pipe": ("site.yml", os.mkfifo, NO_FILE),
    "the settings as a folder": ("site.yml", os.mkdir, A_FOLDER),
    "a socket": ("trang/a.md", make_socket, NO_FILE),
    "a picture that is a socket": ("media/a.png", make_socket, NO_FILE),
}


@pytest.mark.parametrize("name", UNREAL)
def test_a_path_that_is_no_regular_file_is_refused_unread(tmp_path, name):
    where, make, expected = UNREAL[name]
    body = "![a](/media/a.png)\n" if where == "media/a.png" else "Chữ.\n"
    content = write_content(tmp_path, {f"{NEWS}tot.md": make_source("news", "", body)})
    path = content / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    assert reported(content) == {where: expected}


NO_RIGHT = "1: Tài khoản đang chạy lệnh không có quyền đọc tệp hoặc thư mục này. Cách sửa: cho quyền đọc (chmod -R u+rX content), hoặc chạy bằng tài khoản của người có tệp. [unreadable-file]"
GONE = (
    "1: Tệp hoặc thư mục này vừa biến mất trong khi đang đọc. Cách sửa: đợi chép hoặc chuyển xong rồi chạy lại. [unreadable-file]"
)
BROKEN = "1: Máy không đọc được tệp hoặc thư mục này: đĩa bị lỗi đọc ghi. Cách sửa: chép lại từ bản gốc; nếu vẫn vậy, nhờ người phụ trách xem lại ổ đĩa. [unreadable-file]"


@pytest.mark.parametrize(
    ("error", "expected"), [(errno.EACCES, NO_RIGHT), (errno.ENOENT, GONE), (errno.EIO, BROKEN)], ids=["right", "gone", "disk"]
)
@pytest.mark.parametrize("where", ["site.yml", f"{NEWS}a.md", "media/a.png", "media/a.pdf", NEWS])
def test_files_that_cannot_be_opened_are_reported(tmp_path, monkeypatch, where, error, expected):
    """As whoever runs the tests may read everything, the system's answer is played."""
    body = "![a](/media/a.png)\n\n[a](/media/a.pdf)\n"
    media = {"media/a.png": picture(), "media/a.pdf": sample_pdf()}
    content = write_content(tmp_path, {**media, f"{NEWS}a.md": make_source("news", "", body)})
    refused = []

    def refuse_access(real):
        def ask(path, *arguments, **options):
            if Path(os.fspath(path)) == content / where:
                refused.append(path)
                raise OSError(error, os.strerror(error))
            return real(path, *arguments, **options)

        return ask

    monkeypatch.setattr(io, "open", refuse_access(io.open))
    monkeypatch.setattr(os, "scandir", refuse_access(os.scandir))
    assert reported(content) == {where: expected} and refused


def test_an_unused_pipe_among_the_media_is_ignored(tmp_path):
    content = write_content(tmp_path, {f"{NEWS}a.md": make_source("news"), "media/tot.png": picture()})
    os.mkfifo(content / "media/a.png")
    assert reported(content) == {}


@pytest.mark.parametrize("inside", [[], ["a.md"]], ids=["empty", "with a file"])
def test_a_folder_named_like_an_article_is_reported(tmp_path, inside):
    content = write_content(tmp_path, {f"{NEWS}bai.md/{name}": make_source("news") for name in inside})
    (content / f"{NEWS}bai.md").mkdir(parents=True, exist_ok=True)
    within = "1: Bài tin không nằm trong thư mục của một năm. Cách sửa: chuyển tệp vào tin-tuc/năm/, ví dụ tin-tuc/2026/a.md. [wrong-folder]"
    assert reported(content) == {f"{NEWS}bai.md": A_FOLDER, **{f"{NEWS}bai.md/{name}": within for name in inside}}


def test_each_undecodable_name_is_refused(tmp_path):
    content = write_content(tmp_path, {f"{NEWS}a.md": make_source("news")})
    for name in (b"b\xe0i.md", b"b\xe1i.md"):
        Path(os.fsdecode(os.fsencode(content / NEWS) + b"/" + name)).write_text(make_source("news"), "utf-8")
    expected = {
        name: f'1: Tên tệp hoặc thư mục "{name}" có ký tự ẩn hoặc không đọc được (\ufffd). '
        "Cách sửa: đổi tên, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối. [invalid-name]"
        for name in (f"{NEWS}b\ufffdi.md", f"{NEWS}b\ufffdi.md\ufffd")
    }
    assert reported(content) == expected


# ── items without content ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "change", "is_reported"),
    [
        ("news", "", True),
        ("page", "", True),
        ("news", "status: draft", False),
        ("document", "", False),
        ("training", "materials: [{url: https://a.vn/, label: Sổ tay}]", False),
        ("training", "", True),
    ],
)
def test_a_published_item_without_content_is_reported(tmp_path, kind, change, is_reported):
    name = {"news": f"{NEWS}a.md", "page": "trang/a.md", "document": "van-ban/a.md", "training": "tap-huan/a.md"}[kind]
    text = make_source(kind, change, "\n<!-- ghi chú -->\n")
    line = text.count("\n") - 1
    message = f"{line}: Cảnh báo: Bài chưa có nội dung: dưới phần khai báo không có chữ nào. Cách sửa: viết nội dung, hoặc ghi status: draft. [empty-body]"
    assert reported(write_content(tmp_path, {name: text})) == ({name: message} if is_reported else {})


@pytest.mark.parametrize(("kind", "field", "most"), [("news", "tags", 30), ("news", "aliases", 50), ("training", "materials", 100)])
def test_no_item_makes_thousands_of_pages(tmp_path, kind, field, most):
    values = {"tags": "a{0}", "aliases": "/a{0}/", "materials": "{{url: 'https://a.vn/{0}', label: a, format: b{0}}}"}[field]
    folder = {"news": NEWS, "training": "tap-huan/"}[kind]
    for count, expected in (
        (most, None),
        (3000, f"có 3000 mục, tối đa {most}. Cách sửa: giữ không quá {most} mục cần nhất. [too-many]"),
    ):
        files = {f"{folder}a.md": make_source(kind, f"{field}: [{', '.join(values.format(number) for number in range(count))}]")}
        problems = reported(write_content(tmp_path / str(count), files))
        assert (problems == {}) if expected is None else problems[f"{folder}a.md"].endswith(expected)


COPIES = ["a (1)", "a(2)", "Bản sao của a", "Copy of a", "a - Copy (2)", "a copy 2", "a (LAPTOP's conflicted copy 2026-11-20)", "a.sync-conflict-20261120", "a - Bản sao"]  # fmt: skip
NO_COPIES = ["copyright", "ban-sao-dien-tu", "chung-thuc-ban-sao", "nghi-dinh-42 (sửa đổi)"]


@pytest.mark.parametrize("stem", [*COPIES, *NO_COPIES])
def test_a_copy_made_by_a_file_manager_is_reported(tmp_path, stem):
    same, other = make_source("news"), make_source("news", "title: Bài khác\nslug: khac")
    remedy = "Cách sửa: nếu là bản sao, xóa tệp này; nếu là bài khác, đổi tên bài hoặc tên tệp. [copied-file]"
    copy = f"{NEWS}{stem}.md"
    expected = {copy: f"2: Cảnh báo: Tên tệp là tên của một bản sao do máy tự tạo. {remedy}"} if stem in COPIES else {}
    assert reported(write_content(tmp_path / "named", {f"{NEWS}a.md": same, copy: other}), copies=True) == expected
    if stem in COPIES:
        alike = reported(write_content(tmp_path / "alike", {f"{NEWS}a.md": same, copy: same}), copies=True)
        assert alike == {copy: f"2: Cảnh báo: Tệp giống hệt content/{NEWS}a.md. {remedy}"}


def test_two_items_with_one_title_and_day_are_reported(tmp_path):
    files = {
        f"{NEWS}a.md": make_source("news"),
        f"{NEWS}b.md": make_source("news", "", "Khác.\n"),
        "van-ban/c.md": make_source("document", f"title: {FIELDS['news']['title']}"),
    }
    remedy = "Cách sửa: nếu là bản sao, xóa tệp này; nếu là bài khác, đổi tên bài hoặc tên tệp. [copied-file]"
    message = f'2: Cảnh báo: Bài "{FIELDS["news"]["title"]}" cùng tên, cùng ngày với content/{NEWS}a.md. {remedy}'
    assert reported(write_content(tmp_path / "one", files), copies=True) == {f"{NEWS}b.md": message}
    files[f"{NEWS}b.md"] = files[f"{NEWS}b.md"].replace("date: 2026-", "date: 2025-")
    assert reported(write_content(tmp_path / "two", files), copies=True) == {}


def test_tags_that_differ_by_i_and_y_alone_are_warned_of(tmp_path):
    files = {
        f"{NEWS}a.md": make_source("news", "tags: [kĩ năng]"),
        f"{NEWS}b.md": make_source("news", "title: Khác\ntags: [kỹ năng, yêu nước]"),
    }
    message = '6: Cảnh báo: Từ khóa "kỹ năng" chỉ khác "kĩ năng" ở cách viết i, y. Cách sửa: dùng chung một cách viết, ví dụ "kĩ năng". [doubled-tag]'
    assert reported(write_content(tmp_path, files)) == {f"{NEWS}b.md": message}
