"""What Discord answers when it refuses."""

from typing import Any

JSON = dict[str, Any]


class ApiError(Exception):
    """A refusal.

    Args:
        status: of HTTP.
        code: Discord's own.
        message: in English, as Discord words it.
        errors: for an invalid form, what is wrong with which field: `{"name": ("BASE_TYPE_REQUIRED", "text")}`, with
            dots between the parts of a path.
    """

    def __init__(self, status: int, code: int, message: str, errors: dict[str, tuple[str, str]] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: JSON = {"message": message, "code": code}
        if errors:
            self.body["errors"] = _nested(errors)


def _nested(errors: dict[str, tuple[str, str]]) -> JSON:
    tree: JSON = {}
    for path, (code, message) in errors.items():
        place = tree
        for part in path.split("."):
            place = place.setdefault(part, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})
    return tree


def invalid(**errors: str) -> ApiError:
    """An invalid form: field and what Discord says of it. The nested codes go by the sentence."""
    codes = {"required": "BASE_TYPE_REQUIRED", "length": "BASE_TYPE_BAD_LENGTH", "fewer": "BASE_TYPE_MAX_LENGTH"}
    found = {
        path.replace("__", "."): (next((c for word, c in codes.items() if word in text), "BASE_TYPE_CHOICES"), text)
        for path, text in errors.items()
    }
    return ApiError(400, 50035, "Invalid Form Body", found)


def unknown(what: str) -> ApiError:
    """Something that is not there."""
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Interaction": 10062,
        "Member": 10007,
        "Message": 10008,
        "Role": 10011,
        "User": 10013,
        "Webhook": 10015,
        "Guild Scheduled Event": 10070,
    }
    return ApiError(404, codes[what], f"Unknown {what}")


def forbidden() -> ApiError:
    """The bot lacks a permission."""
    return ApiError(403, 50013, "Missing Permissions")


def no_access() -> ApiError:
    """The bot does not see the place."""
    return ApiError(403, 50001, "Missing Access")
