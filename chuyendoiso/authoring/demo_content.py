"""Write illustrative content: every content type and state, never publishable.

The same seed, number of items and day give the same files. Because of the marker file every page says that it is illustrative.
"""

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.vietnamese import slugify
from chuyendoiso.model.vocabulary import DEMO_MARKER
from chuyendoiso.outputs.images.samples import sample_picture
from chuyendoiso.system.errors import WrongUse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PICTURES = 8

_SITE = """\
site:
  name: Chuyển đổi số tỉnh Minh Họa
  tagline: Trang mẫu với dữ liệu sinh tự động
  url: https://minh-hoa.invalid/
  language: vi
  timezone: Asia/Ho_Chi_Minh
  feed_authority: minh-hoa.invalid,2026
owner:
  name: Sở Minh Họa (không có thật)
topics:
  - {slug: chinh-quyen-so, name: Chính quyền số}
  - {slug: kinh-te-so, name: Kinh tế số}
  - {slug: xa-hoi-so, name: Xã hội số}
  - {slug: ha-tang-so, name: Hạ tầng số}
  - {slug: an-toan-thong-tin, name: An toàn thông tin}
audiences:
  - {id: nguoi-dan, name: Người dân}
  - {id: can-bo, name: "Cán bộ, công chức, viên chức"}
  - {id: doanh-nghiep, name: Doanh nghiệp}
  - {id: to-cong-nghe-so, name: Tổ công nghệ số cộng đồng}
issuers:
  - {id: ubnd-tinh, name: Ủy ban nhân dân tỉnh Minh Họa}
  - {id: so-cu, name: Sở Minh Họa cũ, from: 2005-01-01, until: 2025-03-01, successor: so-moi}
  - {id: so-moi, name: Sở Minh Họa mới, from: 2025-03-01}
  - {id: hdnd-tinh, name: Hội đồng nhân dân tỉnh Minh Họa}
channels:
  - {id: coc-coc, name: Cốc Cốc, url: "https://coc-coc.invalid/minh-hoa"}
  - {id: youtube, name: YouTube, url: "https://youtube.invalid/minh-hoa"}
  - {id: facebook, name: Facebook, url: "https://facebook.invalid/minh-hoa"}
  - {id: zalo, name: Zalo}
"""

_TOPICS = ("chinh-quyen-so", "kinh-te-so", "xa-hoi-so", "ha-tang-so", "an-toan-thong-tin")
_AUDIENCES = ("nguoi-dan", "can-bo", "doanh-nghiep", "to-cong-nghe-so")
_PLACES = ("xã Minh Tân", "xã Minh Hòa", "phường Minh Khai", "xã Minh Thủy", "phường Minh Quý", "xã Minh Lợi", "xã Minh Đức")
_GROUPS = (
    "Tổ công nghệ số cộng đồng", "Đoàn thanh niên", "Hội Phụ nữ", "Trạm y tế", "Trường tiểu học", "Hợp tác xã", "Bộ phận một cửa",
)  # fmt: skip
_ACTIVITIES = (
    "hướng dẫn người cao tuổi dùng dịch vụ công trực tuyến", "mở lớp kỹ năng số buổi tối", "đưa nông sản lên sàn thương mại điện tử",
    "cấp chữ ký số miễn phí cho hộ kinh doanh", "lắp mạng không dây ở nhà văn hóa", "số hóa sổ sách trong ba tháng",
    "thử nghiệm trợ lý ảo trả lời người dân", "nhận biết cuộc gọi lừa đảo", "bỏ giấy mời, gửi lịch họp qua Zalo",
)  # fmt: skip
_SENTENCES = (
    "Buổi làm việc diễn ra tại nhà văn hóa, có màn hình lớn và hai người đứng lớp thay nhau giải thích từng bước.",
    "Ai quên mật khẩu được hướng dẫn lấy lại ngay, không ai phải đưa mã xác thực cho người khác.",
    "Người dự tự tay làm trên điện thoại của mình, chỗ nào chưa rõ thì giơ tay hỏi.",
    "Cán bộ ghi lại những câu hỏi thường gặp để trả lời chung vào buổi sau.",
    "Kinh nghiệm được chép thành tài liệu một trang, chữ lớn, để dán ở bảng tin thôn.",
    "Phần lớn người đến lần đầu nhờ con cháu chuyển đường link từ nhóm của tổ dân phố.",
    "Việc khó nhất không phải là máy móc mà là thói quen, nên các buổi sau vẫn tiếp tục.",
    "Đây là câu chuyện minh họa, được sinh tự động để xem giao diện của trang.",
)
_TAGS = (
    "tập huấn", "người cao tuổi", "dịch vụ công", "chữ ký số", "Zalo", "nông nghiệp", "giáo dục", "y tế", "dữ liệu", "lừa đảo qua mạng",
)  # fmt: skip
_TYPES = {"Quyết định": "QĐ", "Kế hoạch": "KH", "Nghị quyết": "NQ", "Công văn": "", "Thông báo": "TB", "Chỉ thị": "CT"}
_BODIES = {"ubnd-tinh": "UBND", "so-cu": "SMH", "so-moi": "SMH", "hdnd-tinh": "HĐND"}
_PAGES = {
    "gioi-thieu": (
        "Giới thiệu",
        "Trang minh họa, không thuộc cơ quan nào.",
        "Trang này dùng dữ liệu sinh tự động để xem giao diện.",
    ),
    "tro-nang": (
        "Trợ năng",
        "Cách dùng trang khi mắt kém, tay yếu.",
        "Phóng to chữ bằng trình duyệt; trang vẫn đọc được ở mức 400%.",
    ),
    "kenh-chinh-thuc": ("Kênh chính thức", "Các kênh của trang minh họa.", "Chỉ những kênh dưới đây là của trang minh họa."),
    "nguon-tin": ("Nguồn tin", "Theo dõi trang qua RSS, Atom, JSON.", "Chép địa chỉ dưới đây vào chương trình đọc tin."),
}


def write_demo(content: Path, *, items: int, seed: int, today: datetime | None = None) -> None:
    """Write an illustrative content folder: `items`, and some questions and drafts.

    `today` is the day of the sessions.
    """
    if content.exists() and not (content / DEMO_MARKER).exists():
        raise WrongUse(f"{content} không phải thư mục minh họa. Cách sửa: chọn thư mục khác.")
    shutil.rmtree(content, ignore_errors=True)
    day = (today or datetime.now(UTC)).astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
    files = {"site.yml": _SITE.encode(), DEMO_MARKER: b""}
    files |= {f"media/anh/{number}.jpg": sample_picture(seed * 100 + number) for number in range(PICTURES)}
    files["media/van-ban/ban-goc.pdf"] = sample_pdf()
    writer = _Writer(random.Random(seed), day, files)
    for number in range(items):
        (writer.news, writer.news, writer.news, writer.document, writer.training)[number % 5](number)
    for number in range(items // 20):
        writer.question(number)
    for number in range(items // 40):
        writer.consultation(number)
    for slug, (title, summary, body) in _PAGES.items():
        writer.write(f"trang/{slug}.md", {"title": title, "summary": summary}, f"{body}\n")
    for name, data in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class _Writer:
    """Write items with random texts."""

    def __init__(self, chance: random.Random, day: datetime, files: dict[str, bytes]) -> None:
        self.chance, self.day, self.files = chance, day, files
        self.documents: list[tuple[str, str]] = []  # number and file name

    def write(self, name: str, fields: dict[str, str], body: str) -> None:
        header = "\n".join(
            f"{key}: {value if value[:1] in '[{' or key in _PLAIN else quoted(value)}" for key, value in fields.items()
        )
        self.files[name] = f"---\n{header}\n---\n\n{body}".encode()

    def common(self, number: int, title: str, when: datetime) -> dict[str, str]:
        tags = ", ".join(self.chance.sample(_TAGS, 2))
        fields = {
            "title": title,
            "date": f"{when:%Y-%m-%d %H:%M}",
            "summary": self.chance.choice(_SENTENCES),
            "topic": self.chance.choice(_TOPICS),
            "tags": f"[{tags}]",
        }
        if number % 37 == 11:
            fields |= {"status": "withdrawn", "withdrawn_reason": "Bài minh họa cho trạng thái đã gỡ."}
        elif number % 41 == 13:
            fields["status"] = "draft"
        return fields

    def when(self, number: int) -> datetime:
        """Return a time of publication: up to 2.5 years ago, for 1 of 30 in the future."""
        if number % 30 == 7:
            return self.day + timedelta(days=self.chance.randrange(1, 60))
        return self.day - timedelta(hours=self.chance.randrange(1, 900 * 24))

    def body(self, paragraphs: int) -> str:
        parts = []
        for index in range(paragraphs):
            if index and index % 2 == 0:
                parts.append(f"## Phần {index // 2}")
            parts.append(" ".join(self.chance.sample(_SENTENCES, 4)))
        return "\n\n".join(parts) + "\n"

    def news(self, number: int) -> None:
        place, group, activity = (self.chance.choice(options) for options in (_PLACES, _GROUPS, _ACTIVITIES))
        title, when = f"{group} {place} {activity}", self.when(number)
        fields = self.common(number, title, when)
        if self.chance.random() < 0.6:
            picture = self.chance.randrange(PICTURES)
            fields["cover"] = f"{{image: /media/anh/{picture}.jpg, alt: Cánh đồng và mặt trời, caption: Hình minh họa}}"
        if number % 50 == 3:
            fields |= {"modified": f"{when + timedelta(days=2):%Y-%m-%d}", "change_note": "Bổ sung số liệu minh họa."}
        if number % 45 == 4:
            fields["aliases"] = f"[/cu/tin-{number}/]"
        body = self.body(self.chance.randrange(3, 8))
        if self.documents and self.chance.random() < 0.4:
            label, file = self.chance.choice(self.documents)
            body += f"\nXem [{label}](../../van-ban/{file}).\n"
        if number % 9 == 0:
            body += f'\n![Cánh đồng và mặt trời](/media/anh/{self.chance.randrange(PICTURES)}.jpg "Hình minh họa")\n'
        self.write(f"tin-tuc/{when.year}/{slugify(title)[:70].strip('-')}-{number}.md", fields, body)

    def document(self, number: int) -> None:
        type_, symbol = self.chance.choice(list(_TYPES.items()))
        issuer = self.chance.choice(list(_BODIES))
        issued = self.day - timedelta(days=self.chance.randrange(30, 1500))
        label = f"{number + 1}/{symbol}-{_BODIES[issuer]}" if symbol else f"{number + 1}/{_BODIES[issuer]}-CĐS"
        activity = self.chance.choice(_ACTIVITIES)
        fields = self.common(number, f"{type_} {label} về việc {activity}", self.when(number))
        fields |= {
            "document_number": label, "document_type": type_, "issuing_body": issuer, "issued_on": f"{issued:%Y-%m-%d}",
            "subject": f"Về việc {activity} trên địa bàn tỉnh Minh Họa", "signatory": "{name: Người Ký, position: Chủ tịch}",
        }  # fmt: skip
        if self.chance.random() < 0.7:
            fields["effective_on"] = f"{issued + timedelta(days=15):%Y-%m-%d}"
        if number % 35 == 3:
            fields["suspended_on"] = f"{issued + timedelta(days=25):%Y-%m-%d}"
        if self.documents and self.chance.random() < 0.5:
            relation = self.chance.choice(("amends", "replaces", "repeals"))
            fields[relation] = f"[{self.chance.choice(self.documents)[0]}]"
        if self.chance.random() < 0.7:
            fields["attachments"] = "[{file: /media/van-ban/ban-goc.pdf, label: Bản minh họa}]"
        file = f"{slugify(label)}.md"
        self.documents.append((label, file))
        self.write(f"van-ban/{file}", fields, self.body(2))

    def training(self, number: int) -> None:
        activity = self.chance.choice(_ACTIVITIES)
        fields = self.common(number, f"Tập huấn số {number}: {activity}", self.day - timedelta(days=70, hours=number))
        fields["audience"] = f"[{', '.join(self.chance.sample(_AUDIENCES, 2))}]"
        fields["materials"] = (
            "[{file: /media/van-ban/ban-goc.pdf, label: Sổ tay}, "
            '{url: "https://youtube.invalid/xem-lai", label: Bản ghi hình, format: video, duration: 45m}]'
        )
        if number % 10 != 9:
            fields["session"] = self.session(number)
        self.write(f"tap-huan/tap-huan-{number}-{slugify(activity)[:50].strip('-')}.md", fields, self.body(3))

    def question(self, number: int) -> None:
        activity = self.chance.choice(_ACTIVITIES)
        fields = self.common(number, f"Câu hỏi số {number + 1}: {activity} ở đâu?", self.day - timedelta(days=number * 20 + 1))
        checked = self.day - timedelta(days=self.chance.randrange(1, 500))
        fields |= {"answered_by": "so-moi", "checked_on": f"{max(checked, datetime(2025, 3, 1, tzinfo=ZONE)):%Y-%m-%d}"}
        fields["also_asked"] = f'["Muốn {activity} thì hỏi ai số {number + 1}"]'
        if self.documents:
            fields["about"] = f"[../van-ban/{self.chance.choice(self.documents)[1]}]"
        self.write(f"hoi-dap/cau-hoi-{number + 1}.md", fields, self.body(1))

    def consultation(self, number: int) -> None:
        activity = self.chance.choice(_ACTIVITIES)
        opens = self.day - timedelta(days=10 + number * 45)
        fields = self.common(number, f"Dự thảo số {number + 1} về việc {activity}", opens)
        fields |= {
            "opens_on": f"{opens:%Y-%m-%d}", "closes_on": f"{opens + timedelta(days=30):%Y-%m-%d}", "drafting_body": "ubnd-tinh",
            "subject": f"Về việc {activity} trên địa bàn tỉnh Minh Họa",
            "attachments": "[{file: /media/van-ban/ban-goc.pdf, label: Dự thảo minh họa}]",
        }  # fmt: skip
        if number:
            fields["received"] = str(self.chance.randrange(3, 90))
            fields["response"] = f"{{on: {opens + timedelta(days=60):%Y-%m-%d}, summary: Đã tiếp thu các góp ý về thời gian.}}"
        self.write(f"lay-y-kien/du-thao-{number + 1}.md", fields, self.body(1))

    def session(self, number: int) -> str:
        """Return a session: the first is today, the next in the future, others past."""
        offset = {0: timedelta(), 1: timedelta(days=3, hours=5)}.get(number // 10, timedelta(days=-self.chance.randrange(1, 600)))
        starts = self.day + offset - timedelta(hours=1)
        ends = starts + timedelta(hours=3)
        recording = ', recording: "https://youtube.invalid/xem-lai", attendance: {meeting_points: 120, online: 1800}'
        after = recording if ends < self.day else ""
        points = ", ".join(f"{{name: Nhà văn hóa {place}, locality: {place}}}" for place in self.chance.sample(_PLACES, 3))
        return (
            f'{{starts_at: "{starts:%Y-%m-%d %H:%M}", ends_at: "{ends:%Y-%m-%d %H:%M}", organizer: Sở Minh Họa mới, '
            f"venue: Hội trường tỉnh Minh Họa, meeting_points: [{points}], "
            'streams: [{channel: coc-coc, url: "https://coc-coc.invalid/phat"}, {channel: youtube, url: "https://youtube.invalid/phat"}], '
            f'agenda: [{{at: "{starts:%H:%M}", what: Khai mạc}}, {{at: "{ends:%H:%M}", what: Bế mạc}}]{after}}}'
        )


_PLAIN = {
    "date",
    "modified",
    "checked_on",
    "opens_on",
    "closes_on",
    "received",
    "answered_by",
    "drafting_body",
    "issued_on",
    "effective_on",
    "suspended_on",
    "topic",
    "status",
    "issuing_body",
}


def sample_pdf() -> bytes:
    """Return the smallest PDF of one empty A4 page (ISO 32000-1, 7.5)."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"xref\n0 4\n0000000000 65535 f \n%strailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + trailer % (table, len(data))
