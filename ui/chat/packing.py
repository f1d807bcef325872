"""Packs the page, and a stream of events while it runs: a talk is sent whole with every answer, packed it is a tenth."""

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send


def packed(scope: Scope, send: Send) -> Send:
    """Every event is readable as soon as it arrives; a client that asks for no gzip gets it as it is."""
    if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
        return send
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    is_packed = False

    async def send_packed(message: Message) -> None:
        nonlocal is_packed
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            is_packed = message["status"] == 200 and "content-encoding" not in headers
            if is_packed:
                headers["Content-Encoding"] = "gzip"
                headers.add_vary_header("Accept-Encoding")
                if "content-length" in headers:
                    del headers["Content-Length"]
        elif is_packed:
            has_more = message.get("more_body", False)
            body = packer.compress(message.get("body", b""))
            body += packer.flush(zlib.Z_SYNC_FLUSH if has_more else zlib.Z_FINISH)
            message = {**message, "body": body}
        await send(message)

    return send_packed
