"""Files as readers are offered them."""

from chuyendoiso.model.items import File
from chuyendoiso.model.renditions import first_page_picture
from chuyendoiso.outputs.pages.materials import file_facts
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import FileView, FirstPageView


def file_view(context: RenderContext, file: File, label: str) -> FileView:
    """Return a file as readers are offered it."""
    picture = first_page_picture(file)
    return FileView(
        label=label,
        href=context.site.href(file.path),
        facts=file_facts(file),
        here=True,
        digest=file.digest,
        picture=FirstPageView(context.site.href(picture.path), picture.width, picture.height) if picture else None,
    )
