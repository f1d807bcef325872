"""Says that a model wrote, and whose words each of its sentences is in: on pages, and where an answer is plain text."""

from dataclasses import replace

from markupsafe import Markup

from assistant.answer import Answer, Composer, Part, PartKind, Wording
from ui.markup import element
from ui.words import word


def render_label(language: str) -> Markup:
    return element("p", word("ai_label", language), class_="ai-label")


def render_wording(wording: Wording, language: str) -> Markup:
    """A small tag, for those who hear it a sentence."""
    shown = element("span", word(f"wording_{wording}", language), aria_hidden="true")
    said = element("span", word(f"wording_{wording}_said", language), class_="sr")
    return element("span", shown, said, class_=f"wording wording--{wording}")


def label_answer(answer: Answer) -> Answer:
    """The answer as it leaves in plain text: what a model wrote carries its label, and each sentence its wording."""
    if answer.composer is not Composer.MODEL:
        return answer
    language = answer.language
    label = Part(PartKind.NOTE, word("ai_label", language))
    return replace(answer, parts=(label, *(mark_wording(p, language) for p in answer.parts)))


def mark_wording(part: Part, language: str) -> Part:
    """…200万元。（解读）"""
    if part.wording is None:
        return part
    name = word(f"wording_{part.wording}", language)
    return replace(part, text=f"{part.text}（{name}）" if language == "zh" else f"{part.text} ({name})")
