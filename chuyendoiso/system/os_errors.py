"""The system's error codes in Vietnamese (errno(3))."""

import errno
import os

_REASONS = {
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết phần đĩa được cấp",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "đĩa chỉ đọc được",
    errno.EIO: "đĩa bị lỗi đọc ghi",
    errno.ENOENT: "không có tệp hoặc thư mục ấy",
    errno.ENOTDIR: "có tệp nằm ở chỗ phải là thư mục",
    errno.EISDIR: "đó là thư mục, không phải tệp",
    errno.EEXIST: "tên ấy đã có",
    errno.ENOTEMPTY: "thư mục không trống",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết dẫn vòng quanh",
    errno.EMFILE: "mở quá nhiều tệp một lúc",
    errno.ENFILE: "mở quá nhiều tệp một lúc",
    errno.ENOMEM: "máy không đủ bộ nhớ",
    errno.EAGAIN: "máy không còn chỗ cho một tiến trình nữa",
    errno.EBUSY: "tệp đang được dùng",
    errno.ETXTBSY: "tệp đang được dùng",
    errno.ESTALE: "ổ đĩa mạng đã mất kết nối",
    errno.ENOTCONN: "ổ đĩa mạng đã mất kết nối",
    errno.EXDEV: "hai nơi không cùng một đĩa",
    errno.EFBIG: "tệp quá lớn",
}


def explain(error: OSError) -> str:
    """Return the reason of an error, in the system's words if it is rare."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__


def explain_code(code: int) -> str:
    """Return the reason of an errno code."""
    return _REASONS.get(code) or os.strerror(code)
