"""The operator's two colours, checked for legibility, and the style sheet of every shade that follows from them."""

from collections.abc import Callable

_WHITE, _BLACK = "#ffffff", "#000000"
# The deepest light ground that a link stands on, and the lightest dark one.
_PAPER, _DARK = "#f8f1e2", "#262d38"
_LEAST = 4.5  # WCAG 2.2 AA, for running text


def contrast(one: str, other: str) -> float:
    """From 1 to 21, by the formula of WCAG; colours are #rrggbb."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_action(colour: str) -> str:
    return _check(colour, _PAPER, "页面底色")


def check_band(colour: str) -> str:
    return _check(colour, _WHITE, "白色的字")


def write_style(action: str, band: str) -> str:
    """ "" where neither is given; high contrast keeps its own colours, dark pages get a lighter shade."""
    light, dark = shades_of_band(band), dict[str, str]()
    if action:
        soft = _shade(mix(action, _WHITE, 0.91), _WHITE, lambda c: contrast(c, action) >= _LEAST)
        light |= _pressable(action, mix(action, _BLACK, 0.3), soft) | {"action-line": mix(action, _WHITE, 0.65)}
        bright = _shade(action, _WHITE, lambda c: contrast(c, _DARK) >= _LEAST)
        dark = _pressable(bright, mix(bright, _WHITE, 0.4), _DARK) | {"action-line": bright, "on-action": "#10161d"}
    rules = (_rule(light), f"@media screen and (prefers-color-scheme: dark) {{ {_rule(dark)} }}" if dark else "")
    return "\n".join(r for r in rules if r)


def mix(colour: str, other: str, share: float) -> str:
    """`share` of the other one."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _check(colour: str, ground: str, beside: str) -> str:
    if (found := contrast(colour, ground)) < _LEAST:
        better = _shade(colour, _BLACK, lambda c: contrast(c, ground) >= _LEAST)
        raise ValueError(
            f"{colour} 与{beside}的对比度只有 {found:.1f}，至少要 {_LEAST}，否则字看不清。请换深一些的颜色，例如 {better}"
        )
    return colour


def _shade(colour: str, towards: str, is_enough: Callable[[str], bool]) -> str:
    """The nearest one on the way that will do; the end of the way always does."""
    return next(c for step in range(51) if is_enough(c := mix(colour, towards, step / 50)) or step == 50)


def shades_of_band(band: str) -> dict[str, str]:
    """By the names that tokens.css gives them."""
    if not band:
        return {}
    quiet = _shade(mix(band, _WHITE, 0.8), _WHITE, lambda c: contrast(c, band) >= _LEAST)
    return {"band": band, "band-2": mix(band, _BLACK, 0.25), "on-band": _WHITE, "on-band-2": quiet}


def _pressable(action: str, hover: str, soft: str) -> dict[str, str]:
    return {"action": action, "action-hover": hover, "action-soft": soft, "ask": action, "ask-soft": soft}


def _rule(shades: dict[str, str]) -> str:
    written = "; ".join(f"--{name}: {value}" for name, value in shades.items())
    return f':root:not([data-contrast="high"]) {{ {written} }}' if shades else ""


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _luminance(colour: str) -> float:
    shares = (c / 255 for c in _channels(colour))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
