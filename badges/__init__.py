"""What is printed and cut: badges and their QR codes, tent cards, signs, labels, lists on paper, certificates.

Plain values in, typesetting jobs out (`Drawing`), which `app.typeset` compiles: `compile_pdfs(jobs, per_process=1)`
for badges, `compile_pdfs(jobs)` for the rest. This package knows neither Flask, nor the database, nor app/. A look is
a folder of `designs/`: a Typst drawing, a manifest.json, a picture.
"""

from badges.certificates import Certificate, NotATraining, certificates
from badges.design import PAPERS, SINGLE, Design, Grid, get_design, list_designs
from badges.drawing import Drawing, Overflow, Unprintable
from badges.face import SHAPES, Appointment, Back, BadgeFace, EventTexts, ink_on
from badges.labels import LABEL_SHEETS, EnvelopeLabel, LabelSheet, envelope_labels
from badges.lists import (
    AttendanceRow,
    AttendanceSheet,
    DelegationCover,
    DeskList,
    DeskRow,
    Listed,
    PackMember,
    attendance_sheet,
    delegation_covers,
    desk_list,
)
from badges.placing import Placing
from badges.qr import matrix_size, qr_matrix, qr_png, qr_svg
from badges.sheets import CHUNK, CROSS, CodeTooFine, sheet, sheet_by_sheet, trial_sheet
from badges.signs import (
    SIGN_SIZES,
    TENT_HEIGHTS,
    DoorSession,
    DoorSign,
    ReservedSign,
    TentCard,
    door_signs,
    reserved_signs,
    tent_cards,
)
from badges.sorting import SORTINGS, Separator, arranged, with_separators

__all__ = [
    "CHUNK",
    "CROSS",
    "LABEL_SHEETS",
    "PAPERS",
    "SHAPES",
    "SIGN_SIZES",
    "SINGLE",
    "SORTINGS",
    "TENT_HEIGHTS",
    "Appointment",
    "AttendanceRow",
    "AttendanceSheet",
    "Back",
    "BadgeFace",
    "Certificate",
    "CodeTooFine",
    "DelegationCover",
    "Design",
    "DeskList",
    "DeskRow",
    "DoorSession",
    "DoorSign",
    "Drawing",
    "EnvelopeLabel",
    "EventTexts",
    "Grid",
    "LabelSheet",
    "Listed",
    "NotATraining",
    "Overflow",
    "PackMember",
    "Placing",
    "ReservedSign",
    "Separator",
    "TentCard",
    "Unprintable",
    "arranged",
    "attendance_sheet",
    "certificates",
    "delegation_covers",
    "desk_list",
    "door_signs",
    "envelope_labels",
    "get_design",
    "ink_on",
    "list_designs",
    "matrix_size",
    "qr_matrix",
    "qr_png",
    "qr_svg",
    "reserved_signs",
    "sheet",
    "sheet_by_sheet",
    "tent_cards",
    "trial_sheet",
    "with_separators",
]
