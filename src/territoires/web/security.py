"""Response headers that limit what a page may do, whoever wrote what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request

from territoires.web.base_map import host_wanted

#: What this site never uses; the place of the visitor is asked for only by the map, on request.
PERMISSIONS = (
    "geolocation=(self), accelerometer=(), autoplay=(), camera=(), display-capture=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


def content_policy(script_hashes: Sequence[str] = (), framed_by: str = "'self'", host: str = "") -> str:
    """Return the content-security policy; `script_hashes` are those of Dash's inline scripts.

    `framed_by` says which sites may show the page in a frame; `host` is another site whose images may be asked
    for: that of the base map, when it is wanted.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {host}".rstrip(),
            f"connect-src 'self' {host}".rstrip(),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {framed_by}",
        )
    )


def secure(server: Flask, script_hashes: Sequence[str]) -> None:
    """Put the security headers on every answer of `server`, errors included."""
    usual = content_policy(script_hashes)
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
    }

    @server.after_request
    def add_headers(response: Response) -> Response:
        host = host_wanted(request)
        policy = content_policy(script_hashes, host=host) if host else usual
        for name, value in {"Content-Security-Policy": policy, **headers}.items():
            response.headers.setdefault(name, value)
        return response
