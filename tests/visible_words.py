"""Finds the words a person will see in Python, templates, Typst and JavaScript."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
TRANSLATORS = {"_": 1, "lazy": 1, "gettext": 1, "ngettext": 2}
_LETTER = re.compile(r"[^\W\d_]")
_JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_EXPRESSION = "\x00"  # stands for what Jinja prints
Sentence = str | tuple[str, ...]


def python_files() -> list[Path]:
    return [path for path in sorted((ROOT / "app").rglob("*.py")) if path.name != "i18n.py"]


def template_files() -> list[Path]:
    return [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in (".html", ".txt")]


# --- what is translated ---------------------------------------------------------------------------


def python_sentences(source: str) -> Iterator[tuple[int, Sentence | None]]:
    """Line and sentence of each call of a translator; None where the sentence is not written out."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TRANSLATORS:
            wanted = call.args[: TRANSLATORS[call.func.id]]
            texts = tuple(one.value for one in wanted if isinstance(one, ast.Constant))
            yield call.lineno, _sentence(texts, TRANSLATORS[call.func.id])


def template_sentences(source: str) -> Iterator[tuple[int, Sentence | None]]:
    """The same for a template."""
    for call in _JINJA.parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATORS:
            wanted = call.args[: TRANSLATORS[call.node.name]]
            texts = tuple(one.value for one in wanted if isinstance(one, nodes.Const))
            yield call.lineno, _sentence(texts, TRANSLATORS[call.node.name])


def _sentence(texts: tuple[Any, ...], number: int) -> Sentence | None:
    if len(texts) != number or not all(isinstance(text, str) for text in texts):
        return None
    return texts[0] if number == 1 else texts


# --- templates ------------------------------------------------------------------------------------

_SHOWN_ATTRIBUTE = re.compile(
    r"""\s(?:alt|title|placeholder|aria-label|aria-description|label|summary)=(["'])(.*?)\1""", re.DOTALL
)
_SILENT = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
_INSIDE_A_TAG = re.compile(r"\w*class|width")  # blocks that hold names of classes
_TAG = re.compile(r"""</?[A-Za-z\x00](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ENTITY = re.compile(r"&#?\w+;")
_SPACED_IN_FRENCH = re.compile(r"[;:!?](?=\s|$)|[«»]")
_NAMES = re.compile(r"\bParvis\b|\bparvis demo\b")
_CAPITALISED = re.compile(r"[^\W\d_a-zà-ÿ][^\W\d_A-ZÀ-Þ].*", re.DOTALL)
# Names of fields of WTForms, and each language in its own words.
_NO_WORDS = re.compile(r"\w+Field|FieldList|Français|English")


def template_words(source: str) -> list[str]:
    """Words written straight into a template, or punctuation that French would space differently."""
    tree = _JINJA.parse(source)
    page = _SILENT.sub(" ", "".join(_printed(tree)))
    said = [value for _quote, value in _SHOWN_ATTRIBUTE.findall(" ".join(_TAG.findall(page)))]
    found = [value for value in said if _LETTER.search(value)]
    text = _NAMES.sub("", _ENTITY.sub(" ", _TAG.sub("\n", page)))
    found += [line for line in text.split("\n") if _LETTER.search(line) or _SPACED_IN_FRENCH.search(line)]
    return [*(piece.replace(_EXPRESSION, "…").strip() for piece in found), *_loose_strings(tree)]


def _printed(node: nodes.Node) -> Iterator[str]:
    """The page with every branch taken and \\0 in place of each printed expression."""
    if isinstance(node, nodes.Block) and _INSIDE_A_TAG.fullmatch(node.name):
        return
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(node, nodes.Output):
            yield _EXPRESSION
        else:
            yield from _printed(child)


def _loose_strings(node: nodes.Node) -> Iterator[str]:
    """Strings of expressions that begin like a sentence and are given to no translator."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATORS:
        children: Any = node.kwargs
    else:
        children = node.iter_child_nodes()
    text = node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""
    if _CAPITALISED.fullmatch(text) and not _NO_WORDS.fullmatch(text):
        yield text
    for child in children:
        yield from _loose_strings(child)


# --- Python ---------------------------------------------------------------------------------------

_SHOWING = {"flash", "fail", "ValidationError", "Finding"}  # their texts reach a reader
_SHOWN_KEYWORDS = {"label", "description", "message", "title", "placeholder"}
_VALIDATORS = {
    "DataRequired", "InputRequired", "Length", "Email", "Regexp", "NumberRange", "EqualTo", "AnyOf",
    "FileRequired", "FileAllowed", "FileSize",
}  # fmt: skip


def python_words(source: str) -> list[str]:
    """Strings given straight to labels, hints, choices, validators, flash() and refusals."""
    tree, found = ast.parse(source), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += [text for shown in _shown_arguments(node) for text in _own_strings(shown)]
        if isinstance(node, ast.ClassDef) and any("Refusal" in ast.unparse(base) for base in node.bases):
            for line in node.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "message":
                    found += _own_strings(line.value)
    return [text for text in found if _LETTER.search(text)]


def _shown_arguments(call: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(call.func).rsplit(".", 1)[-1]
    by_name = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in _SHOWING:
        yield from call.args[-1:] if name == "Finding" else call.args[:1]
    elif name.endswith("Field"):
        yield from call.args[:1]
        yield from (by_name[key] for key in ("label", "description") if key in by_name)
        yield from (by_name[key] for key in ("choices",) if isinstance(by_name.get(key), ast.List))
    elif name in _VALIDATORS:
        yield from (by_name[key] for key in ("message",) if key in by_name)
        if name in ("DataRequired", "InputRequired", "Email", "FileRequired"):
            yield from call.args[:1]


def _own_strings(node: ast.AST) -> Iterator[str]:
    """Strings outside calls; of a (value, label) choice only the label."""
    if isinstance(node, ast.Call):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    children = node.elts[1:] if isinstance(node, ast.Tuple) else ast.iter_child_nodes(node)
    for child in children:
        yield from _own_strings(child)


# --- Typst and JavaScript -------------------------------------------------------------------------

_TYPST_SILENT = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"')
_TYPST_CONTENT = re.compile(r"\[[^\[\]#]*[^\W\d_]{2,}[^\[\]]*\]")
_SCRIPT_WORDS = re.compile(
    r"""(?:textContent|innerText|placeholder|ariaLabel|\.title)\s*=\s*["'`][^"'`]*[A-Za-z]{2}[^"'`]*["'`]"""
    r"""|\b(?:alert|confirm|prompt)\("""
)


def typst_words(source: str) -> list[str]:
    """Content written straight into a drawing instead of read from its data."""
    return _TYPST_CONTENT.findall(_TYPST_SILENT.sub("", source))


def script_words(source: str) -> list[str]:
    """Words a script would write by itself, or a browser's own box."""
    return _SCRIPT_WORDS.findall(source)
