"""The shades that follow from the operator's two colours can be read wherever they stand."""

import re

import pytest

from ui.site.colours import check_action, check_band, contrast, mix, write_style

# Blue, red, green, grey, black, and the lightest that are let through.
ALLOWED = ["#0d4f94", "#9c1a1f", "#17663a", "#5a5a5a", "#000000", "#6a6a6a", "#8a4b00", "#4b0082"]
LIGHT = ("#ffffff", "#f3f5f8", "#fdfaf2", "#f8f1e2")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#0d4f94", "#ffffff", 8.19), ("#abcdef", "#abcdef", 1.0)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def rules_of(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """On light and on dark pages."""
    light, _, dark = style.partition("@media screen and (prefers-color-scheme: dark)")
    first, second = (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", part)) for part in (light, dark))
    return first, second


@pytest.mark.parametrize("colour", ALLOWED)
def test_every_shade_is_legible(colour: str) -> None:
    light, dark = rules_of(write_style(check_action(colour), check_band(colour)))
    for ground in (*LIGHT, light["action-soft"], light["ask-soft"]):
        assert contrast(light["action"], ground) >= 4.5 and contrast(light["action-hover"], ground) >= 4.5
    for text in ("on-band", "on-band-2"):
        assert min(contrast(light[text], light[ground]) for ground in ("band", "band-2")) >= 4.5
    for shade in ("action", "action-hover"):
        assert contrast(dark[shade], dark["action-soft"]) >= 4.5
        assert contrast(dark["on-action"], dark[shade]) >= 4.5


def test_only_what_was_chosen_is_changed_and_high_contrast_is_left_alone() -> None:
    assert write_style("", "") == ""
    assert set(rules_of(write_style("", "#0b3f78"))[0]) == {"band", "band-2", "on-band", "on-band-2"}
    both = write_style("#9c1a1f", "#7d1317")
    assert both.count(':root:not([data-contrast="high"]) {') == 2 == both.count(":root")
    assert "band" not in rules_of(both)[1]


@pytest.mark.parametrize("colour", ["#ffffff", "#ff9900", "#777777", "#00aaff"])
def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(colour: str) -> None:
    with pytest.raises(ValueError, match=r"至少要 4\.5") as caught:
        check_action(colour)
    better = re.findall("#[0-9a-f]{6}", str(caught.value))[-1]
    assert check_action(better) == better != colour


def test_colours_are_mixed_by_share() -> None:
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]
