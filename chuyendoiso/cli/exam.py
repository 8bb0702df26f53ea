"""`invoke exam`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command
from chuyendoiso.system.errors import WrongUse


@command(help={"site": "thư mục của trang đã dựng", "questions": "thư mục có inside.jsonl, outside.jsonl, keywords.jsonl"})
def exam(c: Context, site: str = "output", questions: str = "tests/questions") -> None:
    """Chấm ô tìm kiếm bằng các câu hỏi trong tests/questions/: bảng điểm, mỗi cách gõ một dòng."""
    from chuyendoiso.ops.search_exam import report
    from chuyendoiso.outputs.search.reader import SearchIndex
    from chuyendoiso.system.site_files import folder_reader

    try:
        print(report(SearchIndex(folder_reader(Path(site))), ROOT / questions))
    except (OSError, ValueError, KeyError):
        raise WrongUse(
            f"Không đọc được chỉ mục trong {site} hoặc câu hỏi trong {questions}. Cách sửa: dựng trang bằng make html."
        ) from None
