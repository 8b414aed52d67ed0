"""A block of a host's own, as docs/plugin.md shows it."""

from wagtail import blocks

from typing_extensions import TypedDict


class MapValue(TypedDict):
    """A place on a map."""

    latitude: float
    longitude: float
    label: str


class MapBlock(blocks.StructBlock):
    """A place on a map."""

    latitude = blocks.FloatBlock(min_value=-90, max_value=90)
    longitude = blocks.FloatBlock(min_value=-180, max_value=180)
    label = blocks.CharBlock(required=False)

    api_schema = MapValue

    class Meta:
        icon = "site"
