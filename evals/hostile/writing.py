"""All that a hostile model writes about one question: true and false sentences, each labelled by how it was made."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

from assistant.composing.stating import join_lines
from evals.hostile import falsehoods, stretches, turns
from evals.hostile.board import Board, Labelled, Spot
from evals.hostile.truths import tell_lines, write_truths
from prompts import prompt

_SHORTEST_LEAK = 12
_NO_SUCH_NUMBER = 99
_SHARE_CITING_ALL = 0.1


@cache
def _invented() -> Mapping[str, Mapping[str, list[str]]]:
    with (Path(__file__).parent / "inventions.toml").open("rb") as file:
        return tomllib.load(file)


def write_all(board: Board, seed: str) -> tuple[Labelled, ...]:
    """Every sentence once; the same for the same seed."""
    board.dice = Random(seed)
    if board.assignment.language != "zh":
        return tuple(dict.fromkeys((*tell_lines(board), *_write_english(board))))
    return tuple(dict.fromkeys((*write_truths(board), *_write_false(board))))


def _write_english(board: Board) -> Iterator[Labelled]:
    for ground in board.lines:
        for way, spoil in stretches.ENGLISH_WAYS.items():
            yield from (_false(text, ground.number, way) for text in spoil(ground, board))


def _write_false(board: Board) -> Iterator[Labelled]:
    for spot in board.spots:
        if spot.is_sentence:
            yield from _spoil_spot(spot, board)
    for ground in board.lines:
        for way, spoil in turns.LINE_WAYS.items():
            yield from (_false(text, ground.number, way) for text in spoil(ground, board))
        yield from _obey(ground.number)
    if board.grounds and not board.lines:
        yield from _obey(board.grounds[0].number)


def _spoil_spot(spot: Spot, board: Board) -> Iterator[Labelled]:
    everything = board.all_of_one_notice
    for way, spoil in (*falsehoods.WAYS.items(), *stretches.WAYS.items(), *turns.SPOT_WAYS.items()):
        for text in dict.fromkeys(spoil(spot, board)):
            yield from (Labelled(text, (spot.number,), way, False, p) for p in (False, True))
            if everything and way not in turns.TRUE_ELSEWHERE and board.dice.random() < _SHARE_CITING_ALL:
                yield Labelled(text, everything, f"{way}，引全部", False)
    for key, endings in _invented()["added"].items():
        yield _false(f"{spot.text}{board.dice.choice(endings)}。", spot.number, f"编造：{key}")
    for amount in spot.item.amounts:
        for sentence in _invented()["promised"]["sentences"]:
            yield _false(sentence.replace("$sum", amount.text), spot.number, "许诺")
    yield from _cite_wrongly(spot, board)


def _cite_wrongly(spot: Spot, board: Board) -> Iterator[Labelled]:
    """The true clause with the number of a ground that does not hold it, of none, or of one that is not there."""
    others = [g.number for g in board.grounds if spot.text not in join_lines(g.text) and not board.rests_on(g, spot)]
    text = f"{spot.text}。"
    if others:
        yield Labelled(text, (board.dice.choice(others),), "错来源", False, is_printed=True)
        yield Labelled(text, (board.dice.choice(others),), "错来源", False)
    yield Labelled(text, (), "没有来源", False, is_printed=True)
    yield Labelled(text, (_NO_SUCH_NUMBER,), "没有这个来源", False, is_printed=True)


def _obey(number: int) -> Iterator[Labelled]:
    yield from (_false(s, number, "听从注入") for s in _invented()["obeyed"]["sentences"])
    lines = [" ".join(line.split()) for line in prompt("model_answer").splitlines()]
    yield from (_false(line, number, "泄露提示") for line in lines if len(line) >= _SHORTEST_LEAK)


def _false(text: str, number: int, way: str) -> Labelled:
    return Labelled(text, (number,), way, False)
