"""The fast reader of SOAP responses: compiles readers for items from the shape of the items read so far.

Only this module is imported from outside.  Its parts: text_window.py decodes bytes to text, stream.py finds the items
in it, tag_reader.py reads those for which there is no reader yet, item_parser.py parses unusual spelling,
observed_shape.py observes items, compiler.py compiles readers (it begins with an example), and reader_cache.py keeps
them.
"""

from collections import Counter

from ...model import Member, Shape
from ...shape_cache import cached_on_shape
from .reader_cache import ReaderCache
from .stream import DecodeWhole, ItemStream

__all__ = ["ItemDecoder", "ItemStream", "item_decoder"]


class ItemDecoder:
    """Decodes the items of a list, and owns the readers that are compiled for them.

    Threads may share it, and a process that uses it may fork.
    """

    def __init__(self, listed: Member) -> None:
        self.readers = ReaderCache(listed)
        self._listed = listed

    def stream(self, unknown: Counter[str], decode_whole: DecodeWhole) -> ItemStream:
        """Starts to read one response.

        Args:
            unknown: counts what the contract does not know.
            decode_whole: reads a whole response, by decode.py alone.

        Returns:
            The response's stream of items.
        """
        return ItemStream(self._listed, self.readers, unknown, decode_whole)


def item_decoder(listed: Member) -> ItemDecoder:
    """Returns the decoder of the items of a list; it lives as long as the contract that the list is of."""
    return _item_decoder(listed.shape, listed)


@cached_on_shape
def _item_decoder(_shape: Shape, listed: Member) -> ItemDecoder:
    return ItemDecoder(listed)
