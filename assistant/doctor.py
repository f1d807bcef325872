"""Checks an installation and says in Chinese what is wrong and what to do."""

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.text import Text

_ROOT = Path(__file__).parent.parent
_OLDEST_PYTHON, _FIRST_UNTRIED_PYTHON = (3, 11), (3, 14)
_DISK_NEEDED = 200 * 1024 * 1024
_ASK_MODEL = "请只回答一个字：好"
_INSTALL = "请运行 make serve 重新安装依赖。"
_SECONDS_FOR_ENDPOINT = 5
_NO_MODEL = "没有设置，按原文引用作答"
_MODEL_ADVICE = "请检查模型服务；刚启动的模型较慢，过一分钟再试。不需要模型时请去掉 POLICY_MODEL_BASE_URL。"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; `advice` says what to do where it is not good."""

    is_good: bool
    text: str
    advice: str = ""


def examine(console: Console | None = None) -> int:
    """Prints every finding; returns 0 where all are good, else 1."""
    console = console or Console(markup=False, highlight=False, emoji=False)
    all_good = True
    for name, check in CHECKS:
        finding = _run(check)
        all_good &= finding.is_good
        mark = Text("✓ ", "green") if finding.is_good else Text("✗ ", "red")
        advice = f" → {finding.advice}" if finding.advice else ""
        console.print(mark.append(f"{name}：{finding.text}{advice}", "default"), soft_wrap=True)
    console.print("全部正常。" if all_good else "有问题，请按“→”后的提示处理。")
    return 0 if all_good else 1


def _run(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:  # a check must report whatever it meets
        reason = str(error).strip().partition("\n")[0]
        return Finding(False, reason or type(error).__name__, "" if "请" in reason else _INSTALL)


def check_python() -> Finding:
    found = sys.version_info[:2]
    text = f"{found[0]}.{found[1]}"
    if _OLDEST_PYTHON <= found < _FIRST_UNTRIED_PYTHON:
        return Finding(True, text)
    return Finding(False, f"{text}，需要 3.11 到 3.13", "请用 Python 3.11、3.12 或 3.13 重新创建 .venv。")


def check_dependencies() -> Finding:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    faults = [fault for line in project["dependencies"] if (fault := _fault_of(line))]
    if faults:
        return Finding(False, "、".join(faults), _INSTALL)
    return Finding(True, f"{len(project['dependencies'])} 个依赖都已安装")


def _fault_of(requirement: str) -> str:
    match = re.match(r"([\w.-]+)(?:\[[^\]]*\])?\s*(?:==\s*([\w.]+))?", requirement)
    assert match is not None
    name, pinned = match.groups()
    try:
        installed = version(name)
    except PackageNotFoundError:
        return f"缺少 {name}"
    return f"{name} 是 {installed}，需要 {pinned}" if pinned and installed != pinned else ""


def check_embedding() -> Finding:
    from corpus.settings import CorpusSettings
    from corpus.store import make_embedder

    embedder = make_embedder(CorpusSettings())
    return Finding(True, f"{embedder.identity}，{embedder.embed_questions(['检查']).shape[1]} 维")


def check_model() -> Finding:
    """Has the model say one word, with what the settings give."""
    from assistant.model.endpoint import Endpoint, Message, ModelError
    from assistant.model.settings import read_model_settings

    settings = read_model_settings()
    if not settings.is_set:
        return Finding(True, _NO_MODEL)
    endpoint = Endpoint(settings)
    try:
        endpoint.wait_until_loaded()
        began = time.monotonic()
        pieces = endpoint.write([Message("user", _ASK_MODEL)], seconds=_SECONDS_FOR_ENDPOINT)
        next(pieces)
        first = time.monotonic() - began
        for _ in pieces:
            pass
        text = f"{settings.model_name}，{first:.1f} 秒出第一个字，{time.monotonic() - began:.1f} 秒答完"
        return Finding(True, text)
    except ModelError as error:
        # Where the error itself says what to do, that is better advice.
        reason, please, rest = error.detail.partition("请")
        return Finding(False, reason.rstrip("。"), please + rest or _MODEL_ADVICE)
    finally:
        endpoint.close()


def check_index() -> Finding:
    from corpus import open_corpus
    from corpus.settings import CorpusSettings

    corpus = open_corpus(CorpusSettings())
    found = f"版本 {corpus.version}，{len(corpus.catalogue.notices)} 份通知，{len(corpus.passages)} 个段落"
    if corpus.vectors is None:
        return Finding(False, f"{found}，只能按关键词检索", "请先解决“向量模型”一项，再运行 python -m ingest build。")
    return Finding(True, found)


def check_notices() -> Finding:
    """Whether the source files can be read and are those that the index was built from."""
    from corpus.settings import CorpusSettings
    from corpus.version import current_version, read_manifest

    settings = CorpusSettings()
    files = [p for p in settings.notices_folder.rglob("*") if p.is_file()]
    sources = read_manifest(current_version(settings.index_folder)).sources
    now = {name: {_hash_of(p) for p in files if f"/{p.as_posix()}".endswith(f"/{name}")} for name in sources}
    changed = [name for name, digest in sources.items() if now[name] and digest not in now[name]]
    if changed:
        return Finding(False, f"{'、'.join(changed)} 在建立索引后改过", "请运行 python -m ingest build。")
    if not files:
        return Finding(False, f"{settings.notices_folder} 里没有通知", "请放入通知文件后运行 python -m ingest build。")
    return Finding(True, f"{len(files)} 个文件可以读取")


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_disk() -> Finding:
    from corpus.settings import CorpusSettings

    for folder in (CorpusSettings().index_folder, Path(tempfile.gettempdir())):
        if not os.access(folder, os.W_OK):
            return Finding(False, f"{folder} 不能写入", "请检查这个文件夹的权限，或换一个用户运行。")
        free = shutil.disk_usage(folder).free
        if free < _DISK_NEEDED:
            return Finding(False, f"{folder} 只剩 {free // 1024 // 1024} MB", "请腾出至少 200 MB。")
    return Finding(True, "可以写入，空间足够")


CHECKS: tuple[tuple[str, Callable[[], Finding]], ...] = (
    ("Python", check_python),
    ("依赖", check_dependencies),
    ("向量模型", check_embedding),
    ("语言模型", check_model),
    ("索引", check_index),
    ("通知", check_notices),
    ("磁盘", check_disk),
)
