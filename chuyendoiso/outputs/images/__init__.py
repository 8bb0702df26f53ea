"""Pictures: measuring, renditions, share cards, first pages of PDF files."""

from chuyendoiso.outputs.images.cards import card_path, plan_cards, site_card_path
from chuyendoiso.outputs.images.pdf import PdfFacts, PdfTask, measure_pdf, plan_first_pages
from chuyendoiso.outputs.images.rendition_plan import plan_renditions

__all__ = [
    "PdfFacts",
    "PdfTask",
    "card_path",
    "measure_pdf",
    "plan_cards",
    "plan_first_pages",
    "plan_renditions",
    "site_card_path",
]
