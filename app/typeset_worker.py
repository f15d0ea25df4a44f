"""The short-lived process that runs Typst. Started by app/typeset.py with the path of this file, never imported.

It imports nothing of Parvis: a crash, a hang or a hunger for memory here costs one process and no request.
Its only argument is a working folder that holds `batch.json`:
    {"fonts": [folder, ...], "memory": bytes or 0,
     "jobs": [{"root", "source", "inputs", "output", "standards", "kind": "pdf" or "png"}]}
Without "jobs", it takes one job a line on its standard input and says of each, once it is done, "1" or, before it
ends, "0".
Paths are absolute except `source`, which is relative to `root`. The files of folder `inputs` (data.json among them)
are put at the top of `root` while the job runs. A job that fails writes its message to `output` + ".error" and ends
the batch.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

POINTS_PER_INCH = 72.0
REMEMBERED = 10
"""Documents after which Typst forgets a layout it has not used again."""


def run(job: dict[str, Any], fonts: typst.Fonts) -> bool:
    """Compile one job; True when its PDF is written, False when its error is."""
    root, output = Path(job["root"]), Path(job["output"])
    placed = [path.rename(root / path.name) for path in Path(job["inputs"]).iterdir()]
    try:
        typst.compile(
            root / job["source"],
            output=output,
            root=root,
            font_paths=fonts,
            ignore_system_fonts=True,
            format=job["kind"],
            **({"pdf_standards": job["standards"]} if job["kind"] == "pdf" else {"ppi": POINTS_PER_INCH}),
        )
    except typst.TypstError as error:
        told = "\n".join([error.message, *error.hints, error.diagnostic])
        output.with_name(output.name + ".error").write_text(told, encoding="utf-8")
        return False
    finally:
        for path in placed:
            path.unlink()
    return True


def forget(fonts: typst.Fonts) -> None:
    """Have Typst give back the memory of the last document, 270 kB a badge: by as many empty ones (1 ms each)."""
    for _ in range(REMEMBERED):
        typst.compile(b"", format="svg", font_paths=fonts, ignore_system_fonts=True)


def serve(fonts: typst.Fonts) -> int:
    """Run jobs as they come; 0 when no more do, 1 at the first error."""
    for line in sys.stdin:
        is_made = run(json.loads(line), fonts)
        sys.stdout.write(f"{is_made:d}\n")
        sys.stdout.flush()
        if not is_made:
            return 1
        forget(fonts)
    return 0


def main(folder: str) -> int:
    """Run the batch of `folder`, in order; 0 when every PDF is written, 1 at the first error."""
    batch = json.loads((Path(folder) / "batch.json").read_text(encoding="utf-8"))
    if batch["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (batch["memory"], batch["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=batch["fonts"])
    if "jobs" not in batch:
        return serve(fonts)
    return 0 if all(run(job, fonts) for job in batch["jobs"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
