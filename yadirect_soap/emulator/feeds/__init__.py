"""Feeds: the contents of files of offers, their processing in time, and files at addresses, which are never fetched.

formats        the formats of feeds, and the businesses that use them
detect_format  unpacks a file and recognizes its format;  xml_feed, csv_feed: read the two kinds of formats
processing     NEW, UPDATING, DONE or ERROR, by the clock
feed_files     the files that tests put at addresses
feed_upload    feeds that are added or changed by calls
"""

from .feed_files import Feeds
from .feed_upload import load, upload
from .processing import feed_at, followed

__all__ = ["Feeds", "feed_at", "followed", "load", "upload"]
