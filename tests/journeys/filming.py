"""A printed badge before a phone's camera: the page of its PDF, held in a hand, as a film for Chromium."""

from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from app.typeset import compile_pdf
from badges import BadgeFace, EventTexts, qr_matrix, sheet

WIDTH, HEIGHT = 1280, 720
DPI = 150
TABLE = 128
# How the hand holds it, picture after picture: degrees.
TILTS = (-6, -3, 0, 4, 8)


def film_badge(code: str, path: Path) -> None:
    """YUV4MPEG2, 4:2:0: an A6 badge with that code, drawn like every other, moved a little before a grey table."""
    face = BadgeFace(
        name_given="Michaël", name_family="QUERNEZ", native_name="", qualities=("Maire de Quimperlé",),
        organisation="Région Bretagne", category="Élus", colour="#24456f", shape="disc", country="", code=code,
        short_code="7K2M QXW4", matrix=qr_matrix(code),
    )  # fmt: skip
    (job,) = sheet([face], EventTexts("Assises d’essai", "18 novembre 2025", "fr"))
    page = pypdfium2.PdfDocument(compile_pdf(job))[0]
    badge = np.array(page.render(scale=DPI / 72, grayscale=True).to_numpy()).squeeze()
    grey = bytes([TABLE]) * (WIDTH * HEIGHT // 2)
    frames = b"".join(b"FRAME\n" + _held(badge, tilt).tobytes() + grey for tilt in TILTS)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg\n".encode() + frames)


def _held(badge: "np.ndarray", degrees: float) -> "np.ndarray":
    """The lower half of the badge, where its code is, in the middle of the picture."""
    height, width = badge.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height * 0.7), degrees, 1)
    matrix[:, 2] += WIDTH / 2 - width / 2, HEIGHT / 2 - height * 0.7
    return np.asarray(cv2.warpAffine(badge, matrix, (WIDTH, HEIGHT), borderValue=TABLE), dtype=np.uint8)
