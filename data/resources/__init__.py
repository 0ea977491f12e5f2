"""Guidance that members look up: handbooks, toolkits, standards, courses.

Those of the Network are everybody's, and a community may retire them for itself. What a community adds is its own.
"""

from data.resources.reading import (
    ABOUT,
    Heading,
    Listed,
    Resource,
    find_resource,
    get_resource,
    get_resources,
    is_retired,
    list_headings,
    list_resources,
    newest_resources,
    resources_of_key_area,
)

__all__ = [
    "ABOUT",
    "Heading",
    "Listed",
    "Resource",
    "find_resource",
    "get_resource",
    "get_resources",
    "is_retired",
    "list_headings",
    "list_resources",
    "newest_resources",
    "resources_of_key_area",
]
