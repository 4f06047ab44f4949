"""Feeds: what a file of offers holds, how it is read in time, and what there is at addresses, which are never fetched.

formats      which files are feeds, and of what businesses
contents     a file, unpacked and told from others;  markup, columns: the two kinds of them
processing   NEW, UPDATING, DONE or ERROR, by the clock
addresses    what a test has put where feeds point
arrival      feeds that are added or changed by calls
"""

from .feed_files import Feeds
from .feed_upload import load, upload
from .processing import feed_at, followed

__all__ = ["Feeds", "feed_at", "followed", "load", "upload"]
