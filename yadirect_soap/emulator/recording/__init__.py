"""Records exchanges with a server in a file, and replays them to equal requests on either wire.

with Recorder("calls.jsonl") as recorder:
    direct = Direct(token, session=recorder.session())
with Replayer("calls.jsonl") as replayer:
    direct = Direct("any-token", endpoint=replayer.endpoint, session=replayer.session())
"""

from .recorder import Recorder, upstream_session
from .replayer import Replayer

__all__ = ["Recorder", "Replayer", "upstream_session"]
