"""Pictures: measuring, renditions and share cards. The only home of Pillow."""

from chuyendoiso.images.cards import card_path, plan_cards
from chuyendoiso.images.measure import measure_picture
from chuyendoiso.images.renditions import plan_renditions

__all__ = ["card_path", "measure_picture", "plan_cards", "plan_renditions"]
