"""The registry of channels, through which everything else reaches them."""

from chuyendoiso.outputs.channels.channel import Channel
from chuyendoiso.outputs.channels.zalo import ZaloChannel

CHANNELS: tuple[Channel, ...] = (ZaloChannel(),)
