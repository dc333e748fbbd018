"""Headers that every answer carries: a strict content policy without inline script or style."""

from flask import Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


def secure(response: Response) -> Response:
    """Set the security headers; pages behind a link or a sign-in are never stored."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    # `no-referrer` would make HTTPS POSTs fail the CSRF check of Flask-WTF.
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    # A request's address stands in letters; it is no way for others to learn of a handbook.
    if request.path.startswith(("/in/", "/p/", "/sign-in")) or request.blueprint == "rounds":
        headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    return response
