"""What is printed and cut: badges and their QR codes.

Plain values in (`BadgeFace`), a typesetting job out (`Drawing`), which `app.typeset` compiles. This package knows
neither Flask, nor the database, nor app/. A look is a folder of `designs/`: a Typst drawing and a manifest.json.
"""

from badges.drawing import Drawing, Overflow, Unprintable, list_designs, sheet
from badges.face import SHAPES, BadgeFace, ink_on
from badges.qr import matrix_size, qr_matrix, qr_png, qr_svg

__all__ = [
    "SHAPES",
    "BadgeFace",
    "Drawing",
    "Overflow",
    "Unprintable",
    "ink_on",
    "list_designs",
    "matrix_size",
    "qr_matrix",
    "qr_png",
    "qr_svg",
    "sheet",
]
