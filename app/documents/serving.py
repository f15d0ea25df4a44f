"""A file of the library as a download: pictures and PDF are shown, the rest is saved."""

from flask import Response, make_response

from app.documents.models import DocumentFile

SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})


def served(file: DocumentFile) -> Response:
    """The bytes with their type and name; a browser never guesses another (nosniff)."""
    answer = make_response(file.data)
    answer.headers["Content-Type"] = file.mime
    kind = "inline" if file.mime in SHOWN else "attachment"
    answer.headers["Content-Disposition"] = f'{kind}; filename="{file.file_name}"'
    answer.headers["Content-Language"] = file.language
    return answer
