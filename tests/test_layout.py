"""The cut of the code: who imports whom, sizes, names at the top level, nothing of one machine."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ALLOWED_IMPORTS = {
    "prompts": set(),
    "corpus": set(),
    "ingest": {"corpus"},
    "assistant": {"corpus", "prompts"},
    "ui": {"assistant", "corpus"},
    "evals": {"assistant", "corpus", "prompts"},
}
TOP_LEVEL = {
    *ALLOWED_IMPORTS,
    *("tests", "deploy", "docs"),
    *("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "requirements.lock"),
}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 4
MOST_FILES = 10
CODE = ("*.py", "*.js", "*.css")

# Folders that grew before the limit of ten: files now, and the piece of work that cuts them. None may grow.
DEBTS = {
    "assistant/composing": (14, "one module for each kind of answer, to be cut by kind"),
    "tests": (24, "tests mirror the folders as these are cut: issues 14 to 16 and 19"),
}

# Written in pieces, so that this file does not contain what it looks for.
_FOLDERS = ("root", r"home/[\w.-]+", "work", "tmp", r"Users/[\w.-]+")
_REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "(?:org|com)"),
    ("debian", "org"),
    ("docker", "io"),
    ("ghcr", "io"),
    ("crates", "io"),
    ("mirrors", r"[\w-]+\.\w+"),
)
MACHINE_PATH = re.compile(rf"(?<![\w.:/)}}-])/(?:{'|'.join(_FOLDERS)})/")
# Two Chinese characters, or an English word of asking; the document sign 号 and marks stand alone.
WORDING = re.compile(r"[\u4e00-\u9fff]{2}|\\b(?:how|what|who|when|where|which|why|much|many)\\b", re.IGNORECASE)
REGISTRY = re.compile(rf"\b(?:{'|'.join(rf'{name}[.]{end}' for name, end in _REGISTRIES)})\b")


def list_files() -> list[str]:
    """Paths that git keeps or would keep, so that a fault shows before the commit."""
    command = ["git", "-c", "core.quotePath=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip(f"needs a git repository: {listed.stderr.strip()}")
    return sorted({f for f in listed.stdout.split("\0") if (ROOT / f).is_file()})


def list_modules(*folders: str) -> list[tuple[str, ast.Module]]:
    found = sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py"))
    return [(p.relative_to(ROOT).as_posix(), ast.parse(p.read_text(encoding="utf-8"))) for p in found]


PRODUCT = list_modules(*ALLOWED_IMPORTS)
EVERYTHING = PRODUCT + list_modules("tests")


def imported(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = Path(path).parts[: -node.level] if node.level else ()
            yield node.lineno, ".".join((*above, *([node.module] if node.module else [])))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def count_parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    a = function.args
    names = [p.arg for p in (*a.posonlyargs, *a.args, a.vararg, *a.kwonlyargs, a.kwarg) if p]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def expect_none(faults: Iterable[str], rule: str) -> None:
    listed = list(faults)
    assert not listed, "\n  ".join([rule, *listed])


def test_imports_follow_the_picture() -> None:
    ours = {*ALLOWED_IMPORTS, "tests"}
    faults = []
    for path, tree in PRODUCT:
        folder = path.split("/")[0]
        for line, name in imported(path, tree):
            other = name.split(".")[0]
            if other in ours - ALLOWED_IMPORTS[folder] - {folder}:
                faults.append(f"{path}:{line} imports {name}; {folder}/ may import {ALLOWED_IMPORTS[folder] or 'none'}")
    expect_none(faults, "An import goes against the picture in the README:")


def test_libraries_stay_behind_their_walls() -> None:
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    bans = ruff["flake8-tidy-imports"]["banned-api"]
    faults = []
    for path, tree in PRODUCT:
        for line, name in imported(path, tree):
            library = name.split(".")[0]
            wall = bans[library]["msg"] if library in bans else path
            if not any(fnmatch(path, allowed) for allowed in wall.split()):
                faults.append(f"{path}:{line} imports {name}, {wall}")
    expect_none(faults, "A library is imported outside its wall:")


def test_modules_say_what_they_do() -> None:
    silent = (path for path, tree in PRODUCT if tree.body and not ast.get_docstring(tree))
    expect_none(silent, "A module begins with one sentence on its responsibility:")


def test_modules_are_short() -> None:
    lengths = ((path, len((ROOT / path).read_text(encoding="utf-8").splitlines())) for path, _ in EVERYTHING)
    expect_none((f"{p}: {n} lines" for p, n in lengths if n > LONGEST_MODULE), f"At most {LONGEST_MODULE} lines:")


def test_functions_are_short() -> None:
    spans = ((path, f, (f.end_lineno or f.lineno) - f.lineno + 1) for path, tree in EVERYTHING for f in functions(tree))
    faults = (f"{path}:{f.lineno} {f.name}: {n} lines" for path, f, n in spans if n > LONGEST_FUNCTION)
    expect_none(faults, f"At most {LONGEST_FUNCTION} lines:")


def test_functions_take_few_parameters() -> None:
    counts = ((path, f, count_parameters(f)) for path, tree in PRODUCT for f in functions(tree))
    faults = (f"{path}:{f.lineno} {f.name}: {n}" for path, f, n in counts if n > MOST_PARAMETERS)
    expect_none(faults, f"At most {MOST_PARAMETERS} parameters; one more is a missing type:")


def test_top_level_holds_only_known_names() -> None:
    names = {f.split("/")[0] for f in list_files()}
    unknown = sorted(n for n in names - TOP_LEVEL if not n.startswith("."))
    expect_none(unknown, f"Beside dot files the top level holds only {sorted(TOP_LEVEL)}:")


def test_folders_hold_few_files() -> None:
    counts = Counter(Path(f).parent.as_posix() for f in list_files() if any(fnmatch(f, kind) for kind in CODE))
    counts -= Counter(Path(f).parent.as_posix() for f in list_files() if Path(f).name == "__init__.py")
    faults = [
        f"{folder}: {number} files, {f'{DEBTS[folder][0]} before' if folder in DEBTS else f'at most {MOST_FILES}'}"
        for folder, number in counts.items()
        if number > DEBTS.get(folder, (MOST_FILES,))[0]
    ]
    expect_none(faults, "A folder holds what belongs together, in few files:")
    paid = (f"{folder}: {counts[folder]} files" for folder in DEBTS if counts[folder] <= MOST_FILES)
    expect_none(paid, "A debt is paid, strike it from the list:")
    less = (
        f"{folder}: {counts[folder]} files, {number} listed"
        for folder, (number, _) in DEBTS.items()
        if counts[folder] < number
    )
    expect_none(less, "A debt became smaller, write the new number:")


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["path of a machine", "address of a registry"])
def test_files_name_no(pattern: re.Pattern[str]) -> None:
    faults = []
    for name in list_files():
        text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
        for match in pattern.finditer(text):
            faults.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1} {match[0]}")
    expect_none(faults, "A file names what exists on one machine or may change:")


def read_pins(lock: str) -> dict[str, set[str]]:
    """Versions by package; a package may have one version per Python."""
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
        pins.setdefault(name, set()).add(version)
    return pins


def test_locks_agree() -> None:
    runtime, test = read_pins("requirements.lock"), read_pins("tests/requirements.lock")
    faults = (f"{n}: {runtime[n]} and {test[n]}" for n in sorted(runtime.keys() & test) if not test[n] <= runtime[n])
    expect_none(faults, "The locks differ, run make lock:")


def test_locks_hold_what_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": declared["project"]["dependencies"],
        "tests/requirements.lock": declared["dependency-groups"]["test"],
    }
    faults = []
    for lock, requirements in wanted.items():
        pins = read_pins(lock)
        for requirement in requirements:
            name, _, version = requirement.partition("==")
            name = re.split(r"[<>=!~\[]", name)[0].lower()
            if name not in pins or (version and version not in pins[name]):
                faults.append(f"{lock}: {requirement}")
    expect_none(faults, "A declared dependency is not locked, run make lock:")


def test_understanding_compares_no_words_with_a_question() -> None:
    """Wordings are learned from examples; only marks, and what `naming` knows, may be literal. Errors speak, too."""
    found: list[str] = []
    for path, tree in list_modules("assistant/understanding"):
        spoken = (n for n in ast.walk(tree) if isinstance(n, ast.Expr | ast.Raise) and not _is_call(n))
        allowed = {id(part) for node in spoken for part in ast.walk(node)}
        words = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in allowed)
        found += [
            f"{path}:{n.lineno} {n.value!r}" for n in words if isinstance(n.value, str) and WORDING.search(n.value)
        ]
    assert not found, "Teach it by examples in assistant/training/data instead:\n" + "\n".join(found)


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
