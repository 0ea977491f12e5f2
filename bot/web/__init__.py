"""The bot's own small HTTP server: off unless the host wants it, and nothing on it changes anything."""

from bot.web.routes import NOT_FOUND, Answer, Handler, Request, Routes
from bot.web.work import Web

__all__ = ["NOT_FOUND", "Answer", "Handler", "Request", "Routes", "Web"]
