"""Fast-forward to the upstream branch, if its commits to the code are signed.

The old code checks the signatures before the merge: new code must not vouch for itself.
"""

from pathlib import Path

from chuyendoiso.ops.commit_signatures import check_signatures, refuse_unsigned
from chuyendoiso.system import git
from chuyendoiso.system.errors import BuildStopped, WrongUse


def pull(root: Path, content: str, keys: Path | None) -> str:
    """Fetch, check and fast-forward; return a report.

    Without `keys`, signatures are not checked. Raises BuildStopped and WrongUse; the work tree is then unchanged.
    """
    top = git.root_of(root)
    git.run(top, "fetch", "--quiet")
    head = git.run(top, "rev-parse", "HEAD").text
    upstream = git.run_unchecked(top, "rev-parse", "--verify", "--quiet", "@{upstream}")
    if upstream.status:
        raise WrongUse("Nhánh này không theo nhánh nào của kho chung. Cách sửa: git branch --set-upstream-to=origin/main.")
    new = upstream.text
    if git.run_unchecked(top, "merge-base", "--is-ancestor", new, head).status == 0:
        return "Kho Git chưa có commit mới."
    if git.run_unchecked(top, "merge-base", "--is-ancestor", head, new).status:
        raise BuildStopped(
            "Bản trên máy này và kho chung đã rẽ hai nhánh. Cách sửa: xem bằng git status; đừng sửa bài ngay trên máy đăng trang."
        )
    if keys:
        refuse_unsigned(check_signatures(top, content, head, keys, new), head[:12])
    git.run(top, "merge", "--quiet", "--ff-only", new)
    return f"Đã lấy {git.run(top, 'rev-list', '--count', f'{head}..{new}').text} commit mới, tới {new[:12]}."
