"""A printed badge before a phone's camera: the page of its PDF, held in a hand, as a film for Chromium."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import cv2
import numpy as np
import pypdfium2
import zxingcpp
from playwright.sync_api import Browser, Page

from app.typeset import compile_pdf
from badges import BadgeFace, EventTexts, qr_matrix, sheet
from tests.badges.conftest import BACK
from tests.journeys.conftest import SIZES, Watch

WIDTH, HEIGHT = 1280, 720
DPI = 150
TABLE = 128
# How the hand holds it, picture after picture: degrees.
TILTS = (-6, -3, 0, 4, 8)


def film_badges(codes: Sequence[str], path: Path, *, design: str = "a6") -> None:
    """YUV4MPEG2, 4:2:0, a second for each badge with its code, drawn like every other, moved a little before a table.

    The file is replaced whole: a camera that is on goes on with the film it began.
    """
    grey = bytes([TABLE]) * (WIDTH * HEIGHT // 2)
    pictures = [_held(_printed(code, design), tilt) for code in codes for tilt in TILTS]
    frames = b"".join(b"FRAME\n" + picture.tobytes() + grey for picture in pictures)
    written = path.with_suffix(".new")
    written.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg\n".encode() + frames)
    written.replace(path)


def _printed(code: str, design: str) -> "np.ndarray":
    """The page of the design's usual paper with one badge, as a printer gets it."""
    face = BadgeFace(
        name_given="Michaël", name_family="QUERNEZ", native_name="", qualities=("Maire de Quimperlé",),
        organisation="Région Bretagne", category="Élus", colour="#24456f", shape="disc", country="", code=code,
        short_code="7K2M QXW4", matrix=qr_matrix(code),
    )  # fmt: skip
    (job,) = sheet([face], EventTexts("Assises d’essai", "18 novembre 2025", "fr", back=BACK), design=design)
    with pypdfium2.PdfDocument(compile_pdf(job)) as document:
        return np.array(document[0].render(scale=DPI / 72, grayscale=True).to_numpy()).squeeze()


def _held(page: "np.ndarray", degrees: float) -> "np.ndarray":
    """The page turned about its code, the code in the middle of the picture."""
    (code,) = zxingcpp.read_barcodes(page)
    corners = (code.position.top_left, code.position.bottom_right)
    x, y = (sum(getattr(corner, axis) for corner in corners) / 2 for axis in "xy")
    matrix = cv2.getRotationMatrix2D((x, y), degrees, 1)
    matrix[:, 2] += WIDTH / 2 - x, HEIGHT / 2 - y
    return np.asarray(cv2.warpAffine(page, matrix, (WIDTH, HEIGHT), borderValue=TABLE), dtype=np.uint8)


@contextmanager
def camera_phone(chromium: Browser, address: str, film: Path) -> Iterator[Page]:
    """A phone whose camera sees what is in `film` each time it is started; watched to the end."""
    browser = chromium.browser_type.launch(
        executable_path=which("chromium"),
        args=[
            "--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}",
        ],
    )  # fmt: skip
    width, height = SIZES["phone"]
    watch = Watch(address)
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=address, locale="fr-FR",
        permissions=["camera"], has_touch=True, timezone_id="Europe/Paris",
    )  # fmt: skip
    page = context.new_page()
    watch.follow(page)
    try:
        yield page
    finally:
        browser.close()
    assert watch.faults == [], watch.faults
