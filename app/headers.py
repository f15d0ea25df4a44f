"""Security headers of every answer: a strict policy, no third party, nothing inline."""

from flask import Flask, Response, request

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Pages that read a camera compile WebAssembly; no other page may.
CAMERA_ENDPOINTS = frozenset(
    {"desk.desk", "desk.scan", "desk.person", "desk.admit", "desk.undo", "desk.answer"}
)


def content_policy(**changes: str) -> str:
    """The policy as a header, with some directives replaced (`frame_ancestors="'self'"`)."""
    rules = {**POLICY, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def install(app: Flask) -> None:
    """Add the headers to every answer of `app`."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    camera = request.endpoint in CAMERA_ENDPOINTS
    scripts = "'self' 'wasm-unsafe-eval'" if camera else "'self'"
    response.headers.setdefault("Content-Security-Policy", content_policy(script_src=scripts))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer" if _holds_token() else "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = (
        f"camera={'(self)' if camera else '()'}, microphone=(), geolocation=()"
    )
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _holds_token() -> bool:
    return request.endpoint == "answers.open_link"
