"""The one place that compiles Typst: values in, PDF out.

Typst 0.15 can crash on a very long document and hangs for ever in a forked process, so it always runs in a short
process of its own (app/typeset_worker.py, +20 ms): a crash there costs one document, never the server. Values reach
the drawing only through `json("data.json")`, never inside its source, so no text typed by anyone is ever markup.
Only the fonts of app/fonts are used. No Flask here.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from app.runs import inline_runs, paragraph_runs

__all__ = [
    "Job",
    "Typesettable",
    "TypesettingFailed",
    "compile_pdf",
    "compile_pdfs",
    "document",
    "inline_runs",
    "paragraph_runs",
    "unprintable",
]
FONTS = Path(__file__).parent / "fonts"
"""Folder of the vendored faces, see its README."""
DOCUMENTS = Path(__file__).parent.parent / "templates" / "typst"
"""Root folder of the letter, the programme, the minutes and the list."""
TIMEOUT = 60.0
"""Seconds a batch may take; 420 letters take about 3."""
MEMORY = 3 * 1024**3
"""Bytes of address space the process may take; 5,000 badges take about a sixth."""
STACK = 64 * 1024**2
"""Bytes of stack per thread: with the default of 2 MB, one run of 5,000 pages in eight crashes."""

_WORKER = Path(__file__).parent / "typeset_worker.py"


class TypesettingFailed(Exception):
    """A document could not be made: `str()` says why, `position` is its place in the batch (None when unknown)."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


class Typesettable(Protocol):
    """What can be compiled: a `Job`, a `badges.Drawing`, anything with these attributes.

    It may also have a method `explain(message) -> Exception | None`, which turns Typst's words into an error of its
    own trade; that error is raised instead of TypesettingFailed.
    """

    @property
    def source(self) -> str: ...
    @property
    def root(self) -> Path: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def files(self) -> Mapping[str, bytes]: ...
    @property
    def standards(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Job:
    """One PDF to make.

    source: path of the .typ file, relative to `root`, the only folder Typst may read
    data: what the source reads with `json("/data.json")`
    files: further files by bare name, placed at the top of `root`, such as "qr.bin"
    standards: PDF standards enforced while compiling; "ua-1" is PDF/UA-1 (ISO 14289-1)
    kind: "pdf", or "png": a picture of the only page, one pixel a point, clear where nothing is drawn
    """

    source: str
    root: Path
    data: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)
    standards: tuple[str, ...] = ("ua-1",)
    kind: str = "pdf"


def document(source: str, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> Job:
    """A job for one of the drawings in templates/typst: "letter.typ", "programme.typ", "minutes.typ", "list.typ"."""
    return Job(source, DOCUMENTS, data, files or {})


def compile_pdf(job: Typesettable, *, timeout: float = TIMEOUT, font_paths: Sequence[Path] = ()) -> bytes:
    """The PDF of one job. Raises as `compile_pdfs`."""
    return compile_pdfs([job], timeout=timeout, font_paths=font_paths)[0]


def compile_pdfs(
    jobs: Iterable[Typesettable],
    *,
    timeout: float = TIMEOUT,
    font_paths: Sequence[Path] = (),
    memory: int = MEMORY,
    per_process: int = 500,
) -> list[bytes]:
    """The PDFs of all jobs, in their order; `per_process` of them are made by one process.

    timeout: seconds for each process; font_paths: folders of faces beside app/fonts, for further scripts;
    memory: bytes of address space of each process, 0 for no limit; per_process: 1 for badges, whose files of
    1,000 pages each are large, as Typst keeps what it has set in memory.
    Raises TypesettingFailed at the first document that fails, or when a process crashes or is too slow; nothing
    is returned then. Raises what the job's `explain` gives instead, if it gives something.
    """
    listed = list(jobs)
    made: list[bytes] = []
    for start in range(0, len(listed), per_process):
        made += _compile_batch(listed[start : start + per_process], start, timeout, [FONTS, *font_paths], memory)
    return made


def _compile_batch(jobs: list[Typesettable], first: int, timeout: float, fonts: list[Path], memory: int) -> list[bytes]:
    """The PDFs of `jobs`, made by one process; `first` is the position of the first one in the whole batch."""
    with tempfile.TemporaryDirectory(prefix="parvis-typeset-") as name:
        folder = Path(name)
        outputs = _prepare(folder, jobs, fonts, memory)
        trouble = _run(folder, timeout)
        for position, (job, output) in enumerate(zip(jobs, outputs, strict=True), start=first):
            raise_if_missing(job, output, position, trouble)
        if trouble:
            raise TypesettingFailed(trouble)
        return [output.read_bytes() for output in outputs]


def _prepare(folder: Path, jobs: list[Typesettable], fonts: list[Path], memory: int) -> list[Path]:
    """Write everything the worker needs into `folder`; where each PDF will be."""
    roots: dict[Path, Path] = {}
    batch = [lay_out(folder, roots, number, job) for number, job in enumerate(jobs)]
    plan = {"fonts": [str(path) for path in fonts], "memory": memory, "jobs": batch}
    (folder / "batch.json").write_text(json.dumps(plan), encoding="utf-8")
    return [Path(one["output"]) for one in batch]


def lay_out(folder: Path, roots: dict[Path, Path], number: int, job: Typesettable) -> dict[str, Any]:
    """Write what the worker needs for one job into `folder`; what it is told. `roots`: copies made so far."""
    if job.root not in roots:
        roots[job.root] = folder / f"root{len(roots)}"
        shutil.copytree(job.root, roots[job.root], ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.png"))
    _check_names(job)
    inputs, output = folder / f"in{number}", folder / f"{number}.{_kind(job)}"
    inputs.mkdir()
    (inputs / "data.json").write_text(json.dumps(_clean(job.data), ensure_ascii=False), encoding="utf-8")
    for name, content in job.files.items():
        (inputs / name).write_bytes(content)
    return {
        "root": str(roots[job.root]),
        "source": job.source,
        "inputs": str(inputs),
        "output": str(output),
        "standards": list(job.standards),
        "kind": _kind(job),
    }


def _kind(job: Typesettable) -> str:
    return getattr(job, "kind", "pdf")


def _check_names(job: Typesettable) -> None:
    """Refuse a source outside its root and a file name that is a path: both would be programming errors."""
    if not (job.root / job.source).resolve().is_relative_to(job.root.resolve()):
        raise ValueError(f"{job.source} lies outside {job.root.name}")
    for name in job.files:
        if not name or name != Path(name).name or name == "data.json" or (job.root / name).exists():
            raise ValueError(f"{name} is not a free bare file name")


def _clean(value: Any) -> Any:
    """The same data without the invisible characters that PDF/UA forbids: controls, U+FEFF, lone surrogates."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(letter for letter in value if not _is_forbidden(letter))
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_clean(item) for item in value]
    return value


def _is_forbidden(letter: str) -> bool:
    return letter == "\ufeff" or (unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t")


def unprintable(text: str) -> str:
    """The characters of `text` that no vendored face can draw, each once, in order; "" when all can be printed.

    A document that holds one of them raises TypesettingFailed. Invisible characters are never counted.
    """
    covered = _coverage()
    missing = (
        letter
        for letter in dict.fromkeys(text)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
        and not "\ufe00" <= letter <= "\ufe0f"
        and not (ord(letter) < 0x10000 and covered[ord(letter) >> 3] >> (ord(letter) & 7) & 1)
    )
    return "".join(missing)


@cache
def _coverage() -> bytes:
    """One bit for each character below U+10000 that the faces can draw, lowest bit first; made with the faces."""
    return (FONTS / "coverage.bin").read_bytes()


def _run(folder: Path, timeout: float) -> str:
    """Run the worker over `folder`; "" when it ended well, else one sentence about what happened to it."""
    try:
        done = subprocess.run(
            command(folder), env=environment(folder), stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return stopped_after(timeout)
    return ending(done.returncode, done.stderr)


def command(folder: Path) -> list[str]:
    """What starts the worker over `folder`."""
    return [sys.executable, "-I", str(_WORKER), str(folder)]


def environment(folder: Path, threads: int = 2) -> dict[str, str]:
    """The only variables the worker sees. `threads`: with how many it writes the pages of one document."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "RUST_MIN_STACK": str(STACK),
        "RAYON_NUM_THREADS": str(threads),
    }


def stopped_after(timeout: float) -> str:
    """The sentence about a worker that took too long."""
    return f"The typesetter was stopped after {timeout:g} s."


def ending(code: int, errors: bytes) -> str:
    """One sentence about how a worker ended, "" when it ended well. `errors`: what it said."""
    if code < 0:
        return f"The typesetter crashed (signal {-code})."
    if code:
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        return f"The typesetter failed: {lines[-1] if lines else f'code {code}'}"
    return ""


def raise_if_missing(job: Typesettable, output: Path, position: int, trouble: str) -> None:
    """Raise the right error when the PDF of this job was not made."""
    error = output.with_name(output.name + ".error")
    if error.exists():
        message = error.read_text(encoding="utf-8")
        explain = getattr(job, "explain", None)
        failure = TypesettingFailed(f"{job.source}: {message.splitlines()[0]}", position)
        failure.add_note(message)
        raise (explain(message) if explain else None) or failure
    if not output.exists():
        raise TypesettingFailed(trouble, position)
