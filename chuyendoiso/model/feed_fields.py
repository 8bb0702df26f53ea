"""Our own fields in feeds, and their meanings.

The page of their namespace and the guide show this table.
"""

from typing import NamedTuple

NAMESPACE = "urn:x-chuyendoiso:feed:1"  # permanent; in JSON Feed it is `_chuyendoiso`


class FeedField(NamedTuple):
    """A field: its name, its owner, and its meaning in Vietnamese."""

    name: str
    owner: str
    meaning: str


FEED_FIELDS = (
    FeedField("document_number", "văn bản", "số và ký hiệu"),
    FeedField("document_type", "văn bản", "loại văn bản"),
    FeedField("subject", "văn bản", "trích yếu"),
    FeedField("issuing_body", "văn bản", "tên cơ quan ban hành"),
    FeedField("issued_on", "văn bản", "ngày ban hành"),
    FeedField("effective_on", "văn bản", "ngày có hiệu lực"),
    FeedField("expires_on", "văn bản", "ngày hết hiệu lực"),
    FeedField("suspended_on", "văn bản", "ngày ngưng hiệu lực"),
    FeedField(
        "validity",
        "văn bản",
        "in_force: còn hiệu lực; partly_lapsed: hết hiệu lực một phần; lapsed: hết hiệu lực; suspended: ngưng hiệu lực; "
        "not_yet: chưa có hiệu lực; unverified: chưa xác minh. Văn bản của Đảng không có trường này",
    ),
    FeedField("starts_at", "hội nghị", "giờ bắt đầu"),
    FeedField("ends_at", "hội nghị", "giờ kết thúc"),
    FeedField("venue", "hội nghị", "hội trường chính"),
    FeedField("link", "hội nghị", 'nơi phát trực tiếp và bản ghi hình; trong Atom là link rel="related", trong JSON là links'),
    FeedField("answered_by", "câu hỏi", "cơ quan, chức vụ trả lời"),
    FeedField("checked_on", "câu hỏi", "ngày kiểm tra câu trả lời lần cuối"),
    FeedField("check_again", "câu hỏi", "ngày phải kiểm tra lại"),
    FeedField("stale", "câu hỏi", "vì sao câu trả lời có thể không còn đúng; không có trường này là chưa thấy lý do nào"),
    FeedField(
        "state",
        "dự thảo",
        "upcoming: sắp lấy ý kiến; open: đang lấy ý kiến; closed: đang tổng hợp; responded: đã tiếp thu và giải trình; "
        "issued: đã ban hành; cancelled: đã dừng",
    ),
    FeedField("opens_on", "dự thảo", "ngày đầu tiên nhận góp ý"),
    FeedField("closes_on", "dự thảo", "ngày cuối cùng nhận góp ý"),
    FeedField("drafting_body", "dự thảo", "cơ quan soạn thảo"),
    FeedField("responded_on", "dự thảo", "ngày tiếp thu, giải trình"),
    FeedField("becomes", "dự thảo", "số, ký hiệu của văn bản được ban hành"),
    FeedField("withdrawn", "nguồn tin", "mã của mục đã gỡ; trong Atom là at:deleted-entry (RFC 6721)"),
)
