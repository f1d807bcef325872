"""Files that are the same for everybody: packed once, kept by browsers for a while, asked about by their tag after that."""

import gzip
import mimetypes
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from os import PathLike
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# Pages and their scripts change together with a release: what is older than this is asked about again.
_SECONDS_FRESH = 600
_SMALLEST_PACKED = 300
_MOST_FILES = 256


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes as they are and packed with gzip (empty where that saves nothing), and their entity tag."""

    content: bytes
    packed: bytes
    tag: str
    media_type: str


@lru_cache(_MOST_FILES)
def pack(content: bytes, media_type: str) -> Packed:
    packed = gzip.compress(content, mtime=0) if len(content) >= _SMALLEST_PACKED else b""
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    return Packed(content, packed if len(packed) < len(content) else b"", tag, media_type)


def send_file(file: Packed, scope: Scope, **more: str) -> Response:
    """`more` are headers, written with underscores."""
    asked = Headers(scope=scope)
    headers = {
        "Cache-Control": f"public, max-age={_SECONDS_FRESH}",
        "ETag": file.tag,
        "Vary": "Accept-Encoding",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    if file.tag in (t.strip() for t in asked.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    if not file.packed or "gzip" not in asked.get("accept-encoding", ""):
        return Response(file.content, media_type=file.media_type, headers=headers)
    return Response(file.packed, media_type=file.media_type, headers={**headers, "Content-Encoding": "gzip"})


class PackedFiles(StaticFiles):
    """A folder of them."""

    def file_response(
        self, full_path: PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        media_type = mimetypes.guess_type(full_path)[0] or "application/octet-stream"
        return send_file(pack(Path(full_path).read_bytes(), media_type), scope)
