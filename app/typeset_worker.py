"""The short-lived process that runs Typst. Started by app/typeset.py with the path of this file, never imported.

It imports nothing of Parvis: a crash, a hang or a hunger for memory here costs one process and no request.
Its only argument is a working folder that holds `batch.json`:
    {"fonts": [folder, ...], "memory": bytes or 0,
     "jobs": [{"root", "source", "inputs", "output", "standards", "kind": "pdf" or "png"}]}
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


def main(folder: str) -> int:
    """Run the batch of `folder`, in order; 0 when every PDF is written, 1 at the first error."""
    batch = json.loads((Path(folder) / "batch.json").read_text(encoding="utf-8"))
    if batch["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (batch["memory"], batch["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=batch["fonts"])
    return 0 if all(run(job, fonts) for job in batch["jobs"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
