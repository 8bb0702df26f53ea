"""Explain in Vietnamese why `target.sh` failed.

The patterns are messages of GNU programs in the C locale, of OpenSSH's client and of the C library.
"""

import re

from chuyendoiso.system.errors import BuildStopped, WrongUse

UNCHANGED = "Trang đang hiện vẫn còn nguyên."
_AGAIN = "rồi chạy lại: lần sau làm tiếp chỗ dở."

# pattern → cause, remedy; the first that matches counts
_CAUSES = (
    (r"No space left on device|Disk quota exceeded", "đĩa ở nơi đăng đã đầy", f"dọn bớt hoặc mở rộng đĩa ấy, {_AGAIN}"),
    (r"Read-only file system", "đĩa ở nơi đăng chỉ đọc được", "xem vì sao đĩa ấy bị khóa ghi (lệnh mount, nhật ký của máy)."),
    (
        r"Permission denied \(|Too many authentication failures",
        "máy ấy không nhận khóa SSH của người chạy lệnh",
        "thêm khóa công khai vào ~/.ssh/authorized_keys của người nhận ở máy ấy.",
    ),
    (
        r"Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED",
        "khóa của máy ấy chưa được tin, hoặc đã đổi",
        "nối bằng ssh một lần với người chạy lệnh, đối chiếu khóa với người giữ máy ấy.",
    ),
    (r"Could not resolve hostname", "không tìm thấy máy ấy", "xem tên máy trong DEPLOY_TO của publishconf.py."),
    (
        r"Permission denied|Operation not permitted|cannot create",
        "người chạy lệnh không có quyền ghi ở nơi đăng",
        "cho người ấy sở hữu thư mục nơi đăng (chown -R).",
    ),
    (r"www: foreign files", "www ở nơi đăng có tệp không do lệnh đăng đặt vào", "chuyển những tệp ấy đi nơi khác, rồi chạy lại."),
    (r"Not a directory|File exists", "có tệp nằm ở chỗ phải là thư mục", "chuyển tệp ấy đi nơi khác."),
    (r"(?:^|[ :])([\w.-]+): (?:command )?not found", "nơi đăng thiếu chương trình {0}", "cài chương trình ấy ở máy nơi đăng."),
    (r"Connection refused", "máy ấy không nhận kết nối SSH", f"xem máy chủ SSH ở đó có chạy không, cổng có đúng không, {_AGAIN}"),
    (
        r"timed out|No route to host|Network is unreachable|Connection (?:closed|reset)|Broken pipe|not responding|closed by remote",
        "không nối được, hoặc kết nối bị ngắt giữa chừng",
        f"xem đường truyền tới máy ấy, {_AGAIN}",
    ),
    (r"Input/output error", "đĩa ở nơi đăng bị lỗi đọc ghi", "xem nhật ký của máy ấy; có thể phải thay đĩa."),
)


def explain_failure(status: int, errors: str, place: str) -> BuildStopped:
    """Return the error for an exit status of `target.sh` and its standard error."""
    if status == 3:
        return WrongUse(f"{place} không còn bản nào cũ hơn để quay lại. Cách sửa: sửa nội dung rồi đăng lại.")
    if status == 4:
        return WrongUse(
            f"Bản trước ở {place} thuộc một địa chỉ khác của trang, máy chủ web không đọc được. Cách sửa: sửa nội dung rồi đăng lại."
        )
    lines = errors.strip().splitlines()
    if status == 5 and lines:
        count, _, path = lines[-1].partition(": ")
        return BuildStopped(
            f"Ở {place}, {count} tệp không đúng như đã ghi trong danh mục, ví dụ {path}. {UNCHANGED} "
            "Cách sửa: xem đĩa của hai máy có lỗi không, rồi chạy lại."
        )
    for pattern, cause, remedy in _CAUSES:
        if match := next(filter(None, (re.search(pattern, line) for line in lines)), None):
            return BuildStopped(f"Chưa đăng được lên {place}: {cause.format(*match.groups())}. {UNCHANGED} Cách sửa: {remedy}")
    last = lines[-1] if lines else f"lệnh kết thúc với mã {status}"
    return BuildStopped(f"Chưa đăng được lên {place}: {last}. {UNCHANGED} Cách sửa: xem lại nơi đăng, {_AGAIN}")
