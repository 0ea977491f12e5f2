"""Makes what the wheel has and the sources have not: compiled catalogues, and the names of countries.

Without them a start would compile them, each time where nothing may be written beside the program.
"""

import io
import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Adds them while the wheel is built; an installation in place makes them when they are first needed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them in a folder that goes away with the process."""
        if version == "editable":
            return
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        self._folder = tempfile.TemporaryDirectory(prefix="convenor-wheel-")
        made, root = Path(self._folder.name), Path(self.root)
        for source in sorted(root.glob("bot/locales/*/LC_MESSAGES/convenor.po")):
            buffer = io.BytesIO()
            with source.open("rb") as file:
                write_mo(buffer, read_po(file, locale=source.parts[-3], domain="convenor"))
            target = source.with_suffix(".mo").relative_to(root)
            self._add(build_data, made, target, buffer.getvalue())
        names = runpy.run_path(str(root / "data" / "cldr.py"))
        self._add(build_data, made, Path("data/cldr.made.json"), names["as_file"](names["read_babel"]()))

    def _add(self, build_data: dict[str, Any], made: Path, target: Path, content: bytes) -> None:
        file = made / str(target).replace("/", "-")
        file.write_bytes(content)
        build_data["force_include"][str(file)] = target.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder."""
        if version != "editable":
            self._folder.cleanup()
