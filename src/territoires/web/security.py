"""Response headers that limit what a page may do, whoever wrote what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response

#: What this site never uses; the place of the visitor is asked for only by the map, on request.
PERMISSIONS = (
    "geolocation=(self), accelerometer=(), autoplay=(), camera=(), display-capture=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


def content_policy(script_hashes: Sequence[str] = ()) -> str:
    """Return the content-security policy; `script_hashes` are those of Dash's inline scripts."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def secure(server: Flask, script_hashes: Sequence[str]) -> None:
    """Put the security headers on every answer of `server`, errors included."""
    headers = {
        "Content-Security-Policy": content_policy(script_hashes),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
    }

    @server.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
