"""The command line of the corpus: build, check, list, rollback."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from corpus.embedding.embed import EmbeddingFailed
from corpus.settings import CorpusSettings, UnknownSetting, refuse_unknown_settings
from corpus.store import make_embedder
from corpus.version import (
    REBUILD,
    CorpusNotBuilt,
    Manifest,
    VersionFiles,
    current_version,
    list_versions,
    read_manifest,
    read_notices,
    read_whole_manifest,
    switch_version,
)
from ingest.build import Build, Failure, build, find_current, find_files
from ingest.build import read_notices as read_files
from ingest.checking.description import describe, summarize
from ingest.publishing.publish import PublishFailed, Source


def main(arguments: Sequence[str] | None = None) -> int:
    # For the fallback engine: a build has the machine to itself, so threads that spin halve its time; a server's must not.
    os.environ.setdefault("OMP_WAIT_POLICY", "active")
    options = _parser().parse_args(arguments)
    try:
        refuse_unknown_settings()
        return int(options.run(options, CorpusSettings()))
    except (UnknownSetting, CorpusNotBuilt, PublishFailed, EmbeddingFailed) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="把通知放进语料库。")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("build", help="解析通知并发布新的索引版本")
    one.add_argument("paths", nargs="*", type=Path)
    one.add_argument("--if-changed", action="store_true", help="源文件没有变化时什么也不做")
    one.set_defaults(run=_build)
    two = commands.add_parser("check", help="只解析，不发布")
    two.add_argument("paths", nargs="+", type=Path)
    two.set_defaults(run=_check)
    three = commands.add_parser("list", help="列出已发布的通知和版本")
    three.set_defaults(run=_list)
    four = commands.add_parser("rollback", help="退回到前一个版本")
    four.set_defaults(run=_rollback)
    for command in (one, two, three, four):
        command.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _build(options: argparse.Namespace, settings: CorpusSettings) -> int:
    paths = options.paths or [settings.notices_folder]
    embedder = make_embedder(settings)
    if options.if_changed and (manifest := find_current(paths, settings.index_folder, embedder)):
        _report_unchanged(manifest, options.json)
        return 0
    began = time.perf_counter()
    try:
        result = build(paths, settings.index_folder, embedder)
    except (PublishFailed, EmbeddingFailed) as error:
        if not (options.if_changed and _is_anything_published(settings)):
            raise
        print(f"错误：{error}", file=sys.stderr)
        return _keep_what_stands()
    _report_build(result, time.perf_counter() - began, options.json)
    if options.if_changed and result.corpus is None and _is_anything_published(settings):
        return _keep_what_stands()
    # Whoever adds a notice wants to know that it failed; whoever starts the service wants the others served.
    is_whole = options.if_changed or not result.reading.failures
    return 0 if result.corpus is not None and is_whole else 1


def _is_anything_published(settings: CorpusSettings) -> bool:
    try:
        read_whole_manifest(current_version(settings.index_folder))
    except CorpusNotBuilt:
        return False
    return True


def _keep_what_stands() -> int:
    print("仍然使用以前发布的版本。", file=sys.stderr)
    return 0


def _report_unchanged(manifest: Manifest, as_json: bool) -> None:
    if as_json:
        failures = [{"path": file.name, "reason": file.reason} for file in manifest.refused]
        print(json.dumps({"version": manifest.identity, "notices": [], "failures": failures}, ensure_ascii=False))
        return
    for file in manifest.refused:
        print(f"未收入 {file.name}：{file.reason}", file=sys.stderr)


def _report_build(result: Build, seconds: float, as_json: bool) -> None:
    notices = [summarize(s.notice) for s in result.reading.sources]
    failures = [{"path": str(f.path), "reason": f.reason} for f in result.reading.failures]
    if as_json:
        version = result.corpus.version if result.corpus else None
        print(json.dumps({"version": version, "notices": notices, "failures": failures}, ensure_ascii=False))
        return
    for row in notices:
        print(
            f"已收入 {row['id']}：《{row['title']}》 {row['chapters']} 部分 {row['measures']} 条 {row['sentences']} 句"
        )
    _print_failures(result.reading.failures)
    for source in result.reading.sources:
        if source.remark:
            print(f"请留意 {source.file_name}：{source.remark}", file=sys.stderr)
    if result.corpus:
        print(f"已发布版本 {result.corpus.version}（{seconds:.1f} 秒）")
    else:
        print("没有发布新版本：没有可用的通知。", file=sys.stderr)


def _print_failures(failures: Sequence[Failure]) -> None:
    for failure in failures:
        print(f"未收入 {failure.path}：{failure.reason}", file=sys.stderr)


def _check(options: argparse.Namespace, _: CorpusSettings) -> int:
    reading = read_files(find_files(options.paths))
    # What another file holds too is read and shown like any other; only a build has to choose.
    sources = [*reading.sources, *(f.source for f in reading.failures if f.source)]
    unread = [f for f in reading.failures if f.source is None]
    if options.json:
        failures = [{"path": str(f.path), "reason": f.reason} for f in unread]
        rows = [describe(source) for source in sources]
        print(json.dumps({"notices": rows, "failures": failures}, ensure_ascii=False))
        return 1 if failures else 0
    _print_cards(sources)
    _print_failures(unread)
    return 1 if unread else 0


def _print_cards(sources: Sequence[Source]) -> None:
    # Only people see cards, and only they wait for the library that draws them.
    from ingest.checking.card import print_card

    for source in sources:
        print_card(source)


def _list(options: argparse.Namespace, settings: CorpusSettings) -> int:
    current = current_version(settings.index_folder)
    notices = [summarize(n) for n in read_notices(VersionFiles(current).notices)]
    folders = list_versions(settings.index_folder)
    versions = [{"name": f.name, "built_at": _built_at(f), "current": f == current} for f in folders]
    if options.json:
        print(json.dumps({"notices": notices, "versions": versions}, ensure_ascii=False))
        return 0
    for row in notices:
        print(f"{row['id']}  《{row['title']}》 {row['document_number'] or ''} {row['measures']} 条")
    for version in versions:
        print(f"{'* ' if version['current'] else '  '}{version['name']}  {version['built_at'] or '（损坏）'}")
    return 0


def _built_at(version: Path) -> str:
    """ "" where the version is damaged."""
    try:
        return read_manifest(version).built_at
    except CorpusNotBuilt:
        return ""


def _rollback(options: argparse.Namespace, settings: CorpusSettings) -> int:
    versions = list_versions(settings.index_folder)
    current = current_version(settings.index_folder)
    if current not in versions:
        raise CorpusNotBuilt(f"当前版本 {current.name} 不完整。{REBUILD}")
    position = versions.index(current)
    if position == 0:
        print("错误：没有更早的版本可以退回。", file=sys.stderr)
        return 1
    earlier = versions[position - 1]
    read_whole_manifest(earlier)
    switch_version(settings.index_folder, earlier.name)
    print(json.dumps({"current": earlier.name}) if options.json else f"已退回到 {earlier.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
