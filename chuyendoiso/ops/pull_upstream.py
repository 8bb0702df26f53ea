"""Take what is new in the repository that this one follows: only what continues it, and only code that is signed where a list of keys is named.

Signatures are looked at before anything that came is taken over: code that is already here must not vouch for itself.
"""

from pathlib import Path

from chuyendoiso.ops.commit_signatures import check_signatures, refuse_unsigned
from chuyendoiso.system import git
from chuyendoiso.system.errors import BuildStopped, WrongUse


def take_new(root: Path, content: str, keys: Path | None) -> str:
    """Fetch, check and fast-forward; return what to say. Raises BuildStopped and WrongUse, with the work tree as it was."""
    top = git.root_of(root)
    git.run(top, "fetch", "--quiet")
    here = git.run(top, "rev-parse", "HEAD").text
    followed = git.ask(top, "rev-parse", "--verify", "--quiet", "@{upstream}")
    if followed.status:
        raise WrongUse("Nhánh này không theo nhánh nào của kho chung. Cách sửa: git branch --set-upstream-to=origin/main.")
    new = followed.text
    if git.ask(top, "merge-base", "--is-ancestor", new, here).status == 0:
        return "Kho Git chưa có commit mới."
    if git.ask(top, "merge-base", "--is-ancestor", here, new).status:
        raise BuildStopped(
            "Bản trên máy này và kho chung đã rẽ hai nhánh. Cách sửa: xem bằng git status; đừng sửa bài ngay trên máy đăng trang."
        )
    if keys:
        refuse_unsigned(check_signatures(top, content, here, keys, new), here[:12])
    git.run(top, "merge", "--quiet", "--ff-only", new)
    return f"Đã lấy {git.run(top, 'rev-list', '--count', f'{here}..{new}').text} commit mới, tới {new[:12]}."
