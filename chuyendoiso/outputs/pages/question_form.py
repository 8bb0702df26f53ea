"""The form for questions and comments (A4), to print, fill in and hand in."""

from chuyendoiso.model import urls
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs
from chuyendoiso.outputs.pages.views import Head, QuestionFormPage

LINES = 14  # to write on: what fits an A4 page at 9 mm


def question_form(context: RenderContext) -> QuestionFormPage:
    """Return the form."""
    site = context.site
    return QuestionFormPage(
        head=Head(
            title="Phiếu hỏi, góp ý",
            description="Phiếu khổ A4 để in, viết câu hỏi hoặc góp ý bằng tay rồi nộp.",
            canonical=site.absolute(urls.QUESTION_FORM),
            indexed=False,
            sheet="leaflet",
            section=site.href(urls.QUESTION_FORM),
        ),
        crumbs=crumbs(context),
        title="Phiếu hỏi, góp ý",
        owner=site.owner.name,
        address=site.owner.address,
        lines=LINES,
    )
