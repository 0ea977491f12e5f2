"""The server: `python -m tests.wire.server`, described in `tests/wire/__init__.py`.

From the outside in: `web.py` takes requests from sockets and applies limits and faults to them, `rest_*.py` hold what
each route does, `gateway.py` holds sessions and sends events, `control.py` holds what a test can order, `state.py` is
all that is remembered, `objects.py` says what things look like as JSON.
"""
