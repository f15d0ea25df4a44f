"""Rules of the house, each a function from a file's path and text to what it finds wrong there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app.rooms  # noqa: F401 - every model is known
from app.database import Base

ROOT = Path(__file__).resolve().parent.parent
# architecture.md section 2, low to high. Names beside "foundation" are files of app/.
RANKS = (
    "foundation", "outbox", "audit", "accounts", "directory", "events", "documents", "letters",
    "programme", "invitations", "registration", "meetings", "badging", "checkin", "minutes",
    "overview", "exports", "privacy",
)  # fmt: skip
SHELVES = ("models", "queries", "service", "forms", "views")
# The only files that see every room.
EVERY_ROOM = ("app/__init__.py", "app/rooms.py", "app/jobs.py", "app/cli.py", "app/server.py",
              "app/schema.py")  # fmt: skip
EVERY_ROOM_FOLDERS = ("commands", "demonstration")
# Packages of the foundation that are folders.
FOUNDATION_FOLDERS = ("guest_list",)
# Alike to a room in rank: each reads the room's models for one line of its own.
FORBIDDEN_NAMES = ("utils", "helpers", "manager", "common", "misc", "tools")
BELOW_THE_VIEWS = ("models", "queries", "service")
WEB = ("flask", "flask_wtf", "flask_login", "wtforms", "werkzeug")
LIMITS = {"file": 300, "function": 40, "view": 15, "template": 150}


def sources(*folders: str) -> list[Path]:
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


CODE = sources("app", "badges")
EVERY_SOURCE = [*CODE, *sources("tests"), ROOT / "config.py", *sources("migrations")]


def modules_imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of modules, and of what is taken from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(dotted: str) -> str | None:
    """The room a module belongs to; "foundation" for files of app/; None outside app/."""
    parts = dotted.split(".")
    if parts[0] != "app":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in RANKS[1:] else "foundation"


def sees_every_room(path: str) -> bool:
    return path in EVERY_ROOM or path.split("/")[1] in EVERY_ROOM_FOLDERS


def upward_imports(path: str, source: str) -> list[str]:
    """Imports of a room above the file's own, or of a room's pages by another room."""
    if sees_every_room(path):
        return []
    own = room_of(path.removesuffix(".py").replace("/", "."))
    found = []
    for dotted in modules_imported(ast.parse(source)):
        room = room_of(dotted)
        if room is None or own is None or room == own:
            continue
        shelf = dotted.split(".")[2] if dotted.count(".") > 1 else ""
        if RANKS.index(room) > RANKS.index(own) or shelf.startswith(("views", "forms", "api", "cli")):
            found.append(f"{path} imports {dotted}")
    return found


def shelf_of(module: str) -> int | None:
    stem = "views" if module.startswith("views") else module
    return SHELVES.index(stem) if stem in SHELVES else None


def shelf_breaches(path: str, source: str) -> list[str]:
    """Imports of a higher shelf of the same room."""
    parts = path.removesuffix(".py").split("/")
    if len(parts) != 3 or parts[1] not in RANKS:
        return []
    own = shelf_of(parts[2])
    found = []
    for dotted in modules_imported(ast.parse(source)):
        steps = dotted.split(".")
        if steps[:2] != parts[:2]:
            continue
        other = shelf_of(steps[2]) if len(steps) > 2 else None
        if own is not None and other is not None and other > own:
            found.append(f"{path} imports {dotted}")
    return found


def web_below_the_views(path: str, source: str) -> list[str]:
    """Flask or WTForms in models, queries or service."""
    parts = path.removesuffix(".py").split("/")
    if len(parts) != 3 or parts[1] not in RANKS or parts[2] not in BELOW_THE_VIEWS:
        return []
    # Passwords are hashed by Werkzeug's security module, which knows no request.
    return [
        f"{path} imports {dotted}"
        for dotted in modules_imported(ast.parse(source))
        if dotted.split(".")[0] in WEB and not dotted.startswith("werkzeug.security")
    ]


def is_page_or_job(path: str) -> bool:
    """Whether a file is where a transaction ends: a view, a job, the command line."""
    stem = path.rsplit("/", 1)[-1]
    return stem.startswith(("views", "api", "cli", "jobs")) or sees_every_room(path)


def commits(path: str, source: str) -> list[str]:
    """Commits outside views, jobs and the command line."""
    if is_page_or_job(path):
        return []
    return [
        f"{path}:{node.lineno} commits"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]


def model_homes() -> dict[str, str]:
    """Name of each model and the room it lives in."""
    return {mapper.class_.__name__: room_of(mapper.class_.__module__) or "" for mapper in Base.registry.mappers}


def local_names(tree: ast.AST) -> dict[str, str]:
    """Names this file gives to models it imports: as bound here → as defined there."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".models")
        for alias in node.names
    }


def foreign_writes(path: str, source: str, homes: dict[str, str]) -> list[str]:
    """Rows of another room's table made, added, deleted or bulk-changed."""
    own = room_of(path.removesuffix(".py").replace("/", "."))
    tree = ast.parse(source)
    names = {bound: homes[real] for bound, real in local_names(tree).items() if real in homes}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0] if node.args else None
        target = first.id if isinstance(first, ast.Name) else ""
        model = called if called in names else target if called in {"insert", "update", "delete"} else ""
        if model in names and names[model] != own:
            found.append(f"{path}:{node.lineno} writes {model} of {names[model]}")
    return found


def foreign_changes(path: str, source: str, homes: dict[str, str]) -> list[str]:
    """Columns set on an argument that is a row of another room's table."""
    own = room_of(path.removesuffix(".py").replace("/", "."))
    tree = ast.parse(source)
    names = {bound: homes[real] for bound, real in local_names(tree).items() if real in homes}
    found = []
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        rows = {
            argument.arg: ast.unparse(argument.annotation)
            for argument in (*function.args.args, *function.args.kwonlyargs)
            if argument.annotation and names.get(ast.unparse(argument.annotation), own) != own
        }
        found += [
            f"{path}:{node.lineno} changes {rows[node.value.id]}.{node.attr}"
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id in rows
        ]
    return found


def session_writes_in_views(path: str, source: str) -> list[str]:
    """Pages that add to or delete from the session themselves instead of asking a service."""
    stem = path.rsplit("/", 1)[-1]
    if not stem.startswith(("views", "api")):
        return []
    return [
        f"{path}:{node.lineno} {node.func.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"add", "add_all", "delete", "merge"}
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "session"
    ]


def badge_intrusions(path: str, source: str) -> list[str]:
    """What badges/ must not know: the program, the web, the database."""
    return [
        f"{path} imports {dotted}"
        for dotted in modules_imported(ast.parse(source))
        if dotted.split(".")[0] in {"app", "flask", "sqlalchemy", "config", "flask_sqlalchemy"}
    ]


def is_view(function: ast.FunctionDef) -> bool:
    decorations = {ast.unparse(d).split("(")[0] for d in function.decorator_list}
    return any(d.split(".")[-1] in {"get", "post", "route"} and d.startswith("bp") for d in decorations)


def body_length(function: ast.FunctionDef) -> int:
    """Lines from `def` to the end, docstring and decorators apart."""
    first = function.body[0]
    is_documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    documented = (first.end_lineno or 0) - first.lineno + 1 if is_documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - documented


def long_functions(path: str, source: str) -> list[str]:
    """Functions above 40 lines, views above 15."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            limit = LIMITS["view" if is_view(node) else "function"]
            if body_length(node) > limit:
                found.append(f"{path}:{node.lineno} {node.name} has {body_length(node)} lines")
    return found


def long_file(path: str, source: str, kind: str = "file") -> list[str]:
    lines = source.count("\n")
    return [f"{path} has {lines} lines"] if lines > LIMITS[kind] else []


def lazy_name(path: str) -> list[str]:
    return [path] if Path(path).stem in FORBIDDEN_NAMES else []


def bare_exemptions(path: str, source: str) -> list[str]:
    """Exemptions from ruff or mypy without a code and a reason."""
    found = []
    for number, line in enumerate(source.splitlines(), start=1):
        for mark in ("# noqa", "# type: ignore"):
            start = line.find(mark)
            if start < 0 or '"' in line[start:]:
                continue
            rest = line[start + len(mark) :].strip()
            is_coded = rest.startswith((": ", "["))
            is_reasoned = " - " in rest or "# " in rest
            if not (is_coded and is_reasoned):
                found.append(f"{path}:{number} {mark} needs its code and a reason")
    return found
