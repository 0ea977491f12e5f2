"""The limits of single routes: counted when a request is sent, whatever waited before."""

from bot.windows import MARGIN, Windows

ROUTE = "POST /channels/1/messages"


def headers(left: int, seconds: float, limit: int = 5) -> dict[str, str]:
    """As Discord sends them."""
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset-After": f"{seconds:.3f}",
    }


def test_a_route_is_used_up_and_comes_back() -> None:
    now = 0.0
    windows = Windows(lambda: now)
    assert windows.take(ROUTE), "nothing is known yet"
    windows.told(ROUTE, headers(4, 2.0))
    assert [windows.take(ROUTE) for _ in range(5)] == [True] * 4 + [False]
    assert windows.wait(ROUTE) == 2.0 + MARGIN
    assert windows.wait("POST /channels/2/messages") == 0.0
    # An answer that was long on its way gives nothing back.
    windows.told(ROUTE, headers(3, 1.9))
    assert not windows.take(ROUTE)
    now = 2.0 + MARGIN
    assert [windows.take(ROUTE) for _ in range(6)] == [True] * 5 + [False], "as many again, before any answer"


def test_an_answer_of_the_last_stretch_does_not_use_up_the_next() -> None:
    now = 0.0
    windows = Windows(lambda: now)
    windows.take(ROUTE)
    windows.told(ROUTE, headers(0, 2.0))
    now = 2.1
    assert windows.take(ROUTE)
    windows.told(ROUTE, headers(0, 0.1))
    assert windows.take(ROUTE)
    windows.told(ROUTE, headers(3, 1.95))
    assert [windows.take(ROUTE) for _ in range(4)] == [True] * 3 + [False]


def test_what_says_nothing_changes_nothing() -> None:
    windows = Windows(lambda: 0.0)
    for nothing in ({}, {"X-RateLimit-Limit": "many"}, headers(1, 1.0) | {"X-RateLimit-Reset-After": "soon"}):
        windows.told(ROUTE, nothing)
    assert all(windows.take(ROUTE) for _ in range(100))
