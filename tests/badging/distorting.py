"""Badges as a bad camera sees them: turned, aslant, out of focus, in the dark."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
PAPER = 255


def blurred(picture: Picture, sigma: float = 1.0) -> Picture:
    """Out of focus: a Gaussian of `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def turned(picture: Picture, degrees: float = 15) -> Picture:
    """Held aslant, the whole badge still in the picture."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sin + width * cos), int(height * cos + width * sin)
    matrix[:, 2] += (wide - width) / 2, (high - height) / 2
    return np.asarray(cv2.warpAffine(picture, matrix, (wide, high), borderValue=PAPER), dtype=np.uint8)


def in_perspective(picture: Picture, share: float = 0.12) -> Picture:
    """Seen from the side: the far edge is shorter by `share` at each end."""
    height, width = picture.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    moved = corners + np.array(
        [[share * width, share * height / 2], [0, 0], [0, 0], [share * width / 2, 0]], dtype=np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, moved)
    return np.asarray(cv2.warpPerspective(picture, matrix, (width, height), borderValue=PAPER), dtype=np.uint8)


def darkened(picture: Picture, share: float = 0.4) -> Picture:
    """In poor light: every pixel loses `share` of its brightness."""
    return np.asarray(picture * (1 - share), dtype=np.uint8)


DISTORTIONS = {"blur": blurred, "rotation": turned, "perspective": in_perspective, "darkness": darkened}


def everything_at_once(picture: Picture) -> Picture:
    """All four together."""
    return darkened(blurred(turned(in_perspective(picture))))
