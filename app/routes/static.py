"""Files of the live element under /live/, with an ETag and a cache that asks once a day."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FONT_SUFFIXES = (".woff2",)


class LiveFiles(StaticFiles):
    """Static files with a cache: fonts for a year, the rest is asked for again and answered 304."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Give the file with its caching header."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        lasting = str(full_path).endswith(FONT_SUFFIXES)
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return answer


def live_files(directory: Path | None = None) -> Mount:
    """Give the route of the live element's files."""
    root = directory or Path(str(files("app.live") / "static"))
    return Mount("/live", app=LiveFiles(directory=root, check_dir=False), name="live")
