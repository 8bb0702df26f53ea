"""Vẽ các hình minh họa của trang vào content/media/2026/.

Chạy từ bất kỳ thư mục nào: ``python scripts/draw_illustrations.py``. Chỉ cần Pillow và
hai tệp phông chữ trong theme/fonts/. Cùng một phiên bản Pillow thì mỗi lần chạy cho ra
đúng những tệp như nhau.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "theme" / "fonts"
OUTPUT = ROOT / "content" / "media" / "2026"

WIDTH, HEIGHT = 1600, 900
SCALE = 2  # vẽ lớn gấp đôi rồi thu nhỏ, để nét cong không bị răng cưa
MARGIN = 90
COLOURS = 200

PAPER = "#fbf7f0"
CARD = "#ffffff"
INK = "#1d1b19"
MUTED = "#5c554d"
LINE = "#d9cfc0"
RED = "#9e1b22"
GOLD = "#b8862f"
GOLD_PALE = "#f3e8d2"

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Canvas:
    """Một trang vẽ 1600×900; mọi toạ độ tính theo điểm ảnh của hình thành phẩm."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    @staticmethod
    def font(size: float, bold: bool = False) -> ImageFont.FreeTypeFont:
        """Trả về phông chữ ở cỡ đã cho."""
        name = "be-vietnam-pro-600.ttf" if bold else "be-vietnam-pro-400.ttf"
        return ImageFont.truetype(str(FONTS / name), round(size * SCALE))

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Bề rộng của một dòng chữ."""
        return self.font(size, bold).getlength(text) / SCALE

    def text(
        self,
        at: Point,
        text: str,
        size: float,
        *,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "lm",
    ) -> None:
        """Viết một dòng chữ; anchor theo cách gọi của Pillow."""
        place = (at[0] * SCALE, at[1] * SCALE)
        self.draw.text(place, text, font=self.font(size, bold), fill=fill, anchor=anchor)

    def lines(
        self,
        at: Point,
        texts: list[str],
        size: float,
        *,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "lm",
    ) -> None:
        """Viết nhiều dòng, dòng đầu ở toạ độ đã cho."""
        for index, line in enumerate(texts):
            place = (at[0], at[1] + index * size * 1.42)
            self.text(place, line, size, bold=bold, fill=fill, anchor=anchor)

    def box(
        self,
        box: Box,
        *,
        fill: str = CARD,
        outline: str | None = LINE,
        width: int = 2,
        radius: int = 16,
    ) -> None:
        """Vẽ một ô góc tròn."""
        left, top, right, bottom = (value * SCALE for value in box)
        self.draw.rounded_rectangle(
            (left, top, right, bottom),
            radius=radius * SCALE,
            fill=fill,
            outline=outline,
            width=width * SCALE,
        )

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: str | None,
        outline: str | None = None,
        width: int = 4,
    ) -> None:
        """Vẽ một hình tròn."""
        x, y, reach = centre[0] * SCALE, centre[1] * SCALE, radius * SCALE
        corners = (x - reach, y - reach, x + reach, y + reach)
        self.draw.ellipse(corners, fill=fill, outline=outline, width=width * SCALE)

    def line(self, points: list[Point], *, fill: str = INK, width: float = 4) -> None:
        """Vẽ một đường gấp khúc."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=fill, width=round(width * SCALE), joint="curve")
        radius = width / 2 - 0.25
        for x, y in (points[0], points[-1]):
            self.circle((x, y), radius, fill=fill)

    def polygon(self, points: list[Point], *, fill: str) -> None:
        """Tô một đa giác."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def arrow(self, points: list[Point], *, fill: str = INK, width: float = 4) -> None:
        """Vẽ đường có mũi tên; đoạn cuối phải nằm ngang hoặc thẳng đứng."""
        (x0, y0), (x1, y1) = points[-2], points[-1]
        length = max(abs(x1 - x0), abs(y1 - y0))
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        back = (x1 - dx * 20, y1 - dy * 20)
        self.line([*points[:-1], back], fill=fill, width=width)
        left = (back[0] - dy * 12, back[1] + dx * 12)
        right = (back[0] + dy * 12, back[1] - dx * 12)
        self.polygon([(x1, y1), left, right], fill=fill)

    def heading(self, title: str, subtitle: str) -> None:
        """Tên hình, một dòng giải thích, và gạch đỏ nhỏ phía trên."""
        self.box((MARGIN, 70, MARGIN + 84, 78), fill=RED, outline=None, radius=4)
        self.text((MARGIN, 124), title, 52, bold=True)
        self.text((MARGIN, 188), subtitle, 30, fill=MUTED)

    def check(self, centre: Point, *, fill: str = INK, size: float = 18, width: float = 7) -> None:
        """Vẽ dấu kiểm."""
        x, y = centre
        points = [(x - size, y), (x - size * 0.25, y + size * 0.7), (x + size, y - size * 0.75)]
        self.line(points, fill=fill, width=width)

    def cross(self, centre: Point, *, fill: str = RED, size: float = 15, width: float = 7) -> None:
        """Vẽ dấu gạch chéo."""
        x, y = centre
        self.line([(x - size, y - size), (x + size, y + size)], fill=fill, width=width)
        self.line([(x - size, y + size), (x + size, y - size)], fill=fill, width=width)

    def save(self, name: str) -> None:
        """Thu nhỏ, giảm số màu và ghi thành PNG."""
        final = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        final = final.quantize(colors=COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        final.save(OUTPUT / name, optimize=True)


def icon_building(canvas: Canvas, x: float, y: float) -> None:
    """Toà nhà công sở: mái, cột và bậc thềm."""
    canvas.polygon([(x - 70, y - 28), (x, y - 72), (x + 70, y - 28)], fill=RED)
    for offset in (-48, -16, 16, 48):
        column = (x + offset - 8, y - 16, x + offset + 8, y + 42)
        canvas.box(column, fill=INK, outline=None, radius=3)
    canvas.box((x - 74, y + 52, x + 74, y + 66), fill=INK, outline=None, radius=4)


def icon_chart(canvas: Canvas, x: float, y: float) -> None:
    """Ba cột tăng dần và một đường đi lên."""
    for offset, top, fill in ((-46, 22, INK), (0, -6, INK), (46, -38, GOLD)):
        column = (x + offset - 16, y + top, x + offset + 16, y + 56)
        canvas.box(column, fill=fill, outline=None, radius=4)
    canvas.box((x - 74, y + 60, x + 74, y + 66), fill=INK, outline=None, radius=3)
    canvas.line([(x - 58, y - 14), (x - 8, y - 40), (x + 54, y - 70)], fill=RED, width=6)


def icon_people(canvas: Canvas, x: float, y: float) -> None:
    """Ba người đứng cạnh nhau."""
    for offset, head, fill in ((-52, -18, INK), (52, -18, INK), (0, -40, RED)):
        canvas.circle((x + offset, y + head), 24, fill=fill, outline=CARD, width=5)
        body = (x + offset - 38, y + head + 30, x + offset + 38, y + 92)
        canvas.box(body, fill=fill, outline=CARD, width=5, radius=30)
    canvas.box((x - 100, y + 66, x + 100, y + 100), fill=CARD, outline=None, radius=0)


def draw_three_pillars(canvas: Canvas) -> None:
    """Ba trụ cột: chính quyền số, kinh tế số, xã hội số."""
    canvas.polygon([(MARGIN, 258), (WIDTH / 2, 84), (WIDTH - MARGIN, 258)], fill=RED)
    canvas.text((WIDTH / 2, 206), "Chuyển đổi số", 54, bold=True, fill=PAPER, anchor="mm")
    pillars: list[tuple[str, list[str], Callable[[Canvas, float, float], None]]] = [
        ("Chính quyền số", ["Cơ quan nhà nước", "phục vụ trên mạng"], icon_building),
        ("Kinh tế số", ["Sản xuất, mua bán", "nhờ công nghệ, dữ liệu"], icon_chart),
        ("Xã hội số", ["Người dân có kỹ năng,", "dùng được dịch vụ số"], icon_people),
    ]
    for index, (name, note, icon) in enumerate(pillars):
        left = 130 + index * 460
        middle = left + 210
        canvas.box((left, 286, left + 420, 770))
        canvas.box((left + 30, 286, left + 390, 294), fill=GOLD, outline=None, radius=3)
        icon(canvas, middle, 410)
        canvas.text((middle, 568), name, 44, bold=True, anchor="mm")
        canvas.lines((middle, 644), note, 31, fill=MUTED, anchor="mm")
    canvas.box((MARGIN, 798, WIDTH - MARGIN, 826), fill=INK, outline=None, radius=6)


def node(canvas: Canvas, box: Box, title: str, note: str, accent: str = LINE) -> None:
    """Một ô của sơ đồ: tên và một dòng ghi chú."""
    canvas.box(box, outline=accent, width=4 if accent != LINE else 2)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    canvas.text((middle[0], middle[1] - 22), title, 37, bold=True, anchor="mm")
    canvas.text((middle[0], middle[1] + 30), note, 28, fill=MUTED, anchor="mm")


def draw_conference_route(canvas: Canvas) -> None:
    """Đường đi của một hội nghị trực tuyến."""
    canvas.heading(
        "Một hội nghị, nhiều đường đến người xem",
        "Cách tổ chức từ năm 2022, khi còn cấp huyện",
    )
    node(canvas, (MARGIN, 450, 490, 620), "Hội trường", "ở tỉnh, sở hoặc ngành", RED)
    canvas.text((680, 282), "Xem tại điểm cầu", 31, bold=True, fill=MUTED)
    node(canvas, (680, 316, 1070, 456), "Điểm cầu huyện", "nhiều người cùng dự")
    node(canvas, (1120, 316, 1510, 456), "Điểm cầu xã", "nhiều người cùng dự")
    canvas.text((680, 606), "Phát trực tiếp trên mạng", 31, bold=True, fill=MUTED)
    for index, name in enumerate(("Facebook", "YouTube", "Cốc Cốc")):
        left = 680 + index * 286
        node(canvas, (left, 640, left + 258, 780), name, "xem trên mạng")
    canvas.line([(490, 535), (580, 535)], width=5)
    canvas.arrow([(580, 535), (580, 386), (666, 386)], width=5)
    canvas.arrow([(580, 535), (580, 710), (666, 710)], width=5)
    canvas.text((MARGIN, 846), "Hai nhánh diễn ra cùng lúc.", 28, fill=MUTED)


def draw_numbers(canvas: Canvas) -> None:
    """Số liệu năm 2022 trên ba thẻ riêng."""
    canvas.heading("Năm 2022: chín hội nghị trực tuyến", "Ba con số, ba cách đếm")
    cards = [
        ("gần", "50 nghìn", "lượt", ["dự hội nghị trực tuyến", "và buổi phát trực tiếp"]),
        ("", "22.780", "người", ["dự tại các điểm cầu"]),
        ("hơn", "40 nghìn", "lượt", ["dự trên Cốc Cốc và các", "nền tảng mạng xã hội khác"]),
    ]
    for index, (qualifier, value, unit, note) in enumerate(cards):
        left = MARGIN + index * 483
        canvas.box((left, 262, left + 454, 690))
        canvas.box((left + 36, 262, left + 120, 270), fill=GOLD, outline=None, radius=3)
        canvas.text((left + 36, 326), qualifier, 38, fill=MUTED)
        canvas.text((left + 36, 408), value, 82, bold=True)
        canvas.text((left + 36, 498), unit, 40, bold=True, fill=RED)
        canvas.lines((left + 36, 576), note, 29, fill=MUTED)
    canvas.box((MARGIN, 730, WIDTH - MARGIN, 822), fill=GOLD_PALE, outline=None)
    note_text = "Mỗi con số đếm một cách khác nhau, không cộng lại với nhau."
    canvas.text((WIDTH / 2, 776), note_text, 34, bold=True, anchor="mm")


def draw_document_number(canvas: Canvas) -> None:
    """Cách đọc số, ký hiệu 749/QĐ-TTg."""
    canvas.heading("Đọc số, ký hiệu của một văn bản", "Ví dụ: 749/QĐ-TTg")
    parts = [
        ("749", "Số", ["số thứ tự", "của văn bản"]),
        ("/", "", []),
        ("QĐ", "Loại văn bản", ["QĐ là", "Quyết định"]),
        ("-", "", []),
        ("TTg", "Nơi ban hành", ["TTg là", "Thủ tướng Chính phủ"]),
    ]
    centres = [300, 545, 800, 1055, 1300]
    for centre, (sign, name, note) in zip(centres, parts, strict=True):
        fill = INK if name else MUTED
        canvas.text((centre, 370), sign, 150, bold=bool(name), fill=fill, anchor="mm")
        if not name:
            continue
        canvas.line([(centre - 130, 470), (centre + 130, 470)], fill=RED, width=8)
        canvas.line([(centre, 470), (centre, 530)], fill=RED, width=5)
        canvas.box((centre - 210, 530, centre + 210, 750))
        canvas.text((centre, 586), name, 40, bold=True, anchor="mm")
        canvas.lines((centre, 652), note, 32, fill=MUTED, anchor="mm")
    hint = "Trích dẫn đủ bốn yếu tố: số, ký hiệu, nơi ban hành, ngày ban hành."
    canvas.text((WIDTH / 2, 818), hint, 31, anchor="mm")


def link_card(canvas: Canvas, top: float, parts: tuple[str, str, str], genuine: bool, note: str) -> None:
    """Một đường link, phần quyết định của tên miền được gạch chân."""
    accent = INK if genuine else RED
    canvas.box((MARGIN, top, WIDTH - MARGIN, top + 240), outline=accent, width=3)
    canvas.circle((MARGIN + 70, top + 88), 38, fill=None, outline=accent, width=5)
    (canvas.check if genuine else canvas.cross)((MARGIN + 70, top + 88), fill=accent)
    left = float(MARGIN + 140)
    for index, part in enumerate(parts):
        key = index == 1
        canvas.text((left, top + 84), part, 46, bold=key, fill=accent if key else MUTED)
        end = left + canvas.width(part, 46, key)
        if key:
            canvas.line([(left + 3, top + 124), (end - 3, top + 124)], fill=accent, width=7)
        left = end
    canvas.text((MARGIN + 140, top + 184), note, 32)


def draw_links(canvas: Canvas) -> None:
    """Phân biệt đường link thật và đường link mạo danh."""
    canvas.heading(
        "Đọc phần cuối của tên miền",
        "Phần nằm ngay trước dấu gạch chéo đầu tiên cho biết trang của ai",
    )
    genuine = ("https://vanban.", "chinhphu.vn", "/")
    link_card(canvas, 262, genuine, True, "Đúng: phần cuối là chinhphu.vn")
    fake = ("https://vanban.chinhphu.vn.", "dang-nhap.example", "/")
    warning = "Mạo danh: phần cuối là dang-nhap.example, tên thật chỉ đứng ở đầu"
    link_card(canvas, 532, fake, False, warning)
    canvas.text((MARGIN, 826), "Tên có đuôi .example là tên đặt ra để làm ví dụ.", 28, fill=MUTED)


def draw_checklist(canvas: Canvas) -> None:
    """Danh mục kiểm tra điểm cầu."""
    canvas.heading("Trước giờ hội nghị: sáu nhóm việc", "Danh mục kiểm tra một điểm cầu cấp xã")
    items = [
        ("Phòng họp, lối đi", "đủ ghế, xe lăn vào được"),
        ("Điện, ổ cắm", "dây không vắt ngang lối đi"),
        ("Đường truyền", "xem thử, không bị ngắt"),
        ("Màn hình, hình ảnh", "cuối phòng đọc được chữ"),
        ("Loa, micrô", "hai đầu đều nghe rõ"),
        ("Phương án dự phòng", "mạng, loa, người thay thế"),
    ]
    for index, (name, note) in enumerate(items):
        left = MARGIN + (index % 2) * 725
        top = 262 + (index // 2) * 196
        canvas.box((left, top, left + 695, top + 166))
        tick = (left + 36, top + 47, left + 108, top + 119)
        canvas.box(tick, fill=GOLD_PALE, outline=GOLD, width=3, radius=12)
        canvas.check((left + 72, top + 84), fill=RED, size=22, width=9)
        canvas.text((left + 146, top + 60), name, 40, bold=True)
        canvas.text((left + 146, top + 114), note, 31, fill=MUTED)


def draw_timeline(canvas: Canvas) -> None:
    """Dòng thời gian một số văn bản về chuyển đổi số."""
    subtitle = "Xếp theo ngày, từ trên xuống và từ trái sang phải"
    canvas.heading("Một số mốc văn bản về chuyển đổi số", subtitle)
    marks = [
        ("27/09/2019", "52-NQ/TW", "Bộ Chính trị"),
        ("03/06/2020", "749/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("15/10/2021", "09-NQ/TU", "Đảng bộ tỉnh Nam Định"),
        ("24/06/2022", "42/2022/NĐ-CP", "Chính phủ"),
        ("22/06/2023", "20/2023/QH15", "Luật Giao dịch điện tử"),
        ("22/12/2024", "57-NQ/TW", "Bộ Chính trị"),
        ("11/12/2025", "148/2025/QH15", "Luật Chuyển đổi số"),
        ("01/07/2026", "Luật Chuyển đổi số", "có hiệu lực"),
    ]
    for column in (0, 1):
        x = MARGIN + 264 + column * 720
        canvas.line([(x, 300), (x, 780)], fill=LINE, width=6)
    for index, (day, name, note) in enumerate(marks):
        x, y = MARGIN + 264 + (index // 4) * 720, 300 + (index % 4) * 160
        last = index == len(marks) - 1
        canvas.circle((x, y), 17, fill=RED if last else GOLD, outline=PAPER, width=5)
        canvas.text((x - 44, y), day, 34, bold=True, fill=RED if last else INK, anchor="rm")
        canvas.text((x + 44, y - 10), name, 38, bold=True)
        canvas.text((x + 44, y + 40), note, 29, fill=MUTED)


PICTURES: dict[str, Callable[[Canvas], None]] = {
    "ba-tru-cot.png": draw_three_pillars,
    "duong-di-hoi-nghi.png": draw_conference_route,
    "so-lieu-2022.png": draw_numbers,
    "doc-so-ky-hieu.png": draw_document_number,
    "duong-link-that-gia.png": draw_links,
    "danh-muc-diem-cau.png": draw_checklist,
    "dong-thoi-gian-van-ban.png": draw_timeline,
}


def main() -> None:
    """Vẽ tất cả các hình."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        canvas = Canvas()
        draw(canvas)
        canvas.save(name)


if __name__ == "__main__":
    main()
