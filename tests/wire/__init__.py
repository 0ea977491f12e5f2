"""A small Discord of our own, for what happens between two programs: sockets, crashes, limits and outages.

`server/` runs in its own process on a loopback port and keeps its state while bots come and go. `launch.py` starts the
real bot and points it there. `control.py` is what a test holds: it starts both, sets the scene, orders faults, and
reads what happened; `scene.py` is a server as most tests want it. Every exchange is checked against Discord's own
description of its API, where that lies beside the project (`tests/openapi.py`).
"""
