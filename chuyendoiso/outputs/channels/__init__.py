"""Channels that the site fills: a folder for each, which others reach through this registry."""

from chuyendoiso.outputs.channels.channel import Channel
from chuyendoiso.outputs.channels.zalo import ZaloChannel

CHANNELS: tuple[Channel, ...] = (ZaloChannel(),)
