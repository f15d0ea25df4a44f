"""Security headers of every answer: a strict policy, no third party, nothing inline."""

from functools import cache

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
CAMERA_ENDPOINTS = frozenset({"desk.desk", "desk.scan", "desk.person", "desk.admit", "desk.undo", "desk.answer"})
# Their address holds a secret, which no other site is told.
TOKEN_ENDPOINTS = frozenset({"answers.open_link", "invited.reminders", "invited.stop", "calendars.subscription"})


def content_policy(**changes: str) -> str:
    """The policy as a header, with some directives replaced (`frame_ancestors="'self'"`)."""
    rules = {**POLICY, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def install(app: Flask) -> None:
    """Add the headers to every answer of `app`."""
    app.after_request(_protect)


@cache
def _fixed(*, camera: bool, token: bool, secure: bool) -> tuple[tuple[str, str], ...]:
    """The headers that depend on nothing else: made once for each of the few cases."""
    rules = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer" if token else "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", f"camera={'(self)' if camera else '()'}, microphone=(), geolocation=()"),
    ]
    if secure:
        rules.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return tuple(rules)


@cache
def _policy(*, camera: bool) -> str:
    return content_policy(script_src="'self' 'wasm-unsafe-eval'" if camera else "'self'")


def _protect(response: Response) -> Response:
    camera = request.endpoint in CAMERA_ENDPOINTS
    token = request.endpoint in TOKEN_ENDPOINTS
    headers = response.headers
    headers.extend(_fixed(camera=camera, token=token, secure=request.is_secure))
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = _policy(camera=camera)
    if request.endpoint != "static" and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response
