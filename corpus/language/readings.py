"""How characters and names are read aloud, as the index stores it: pinyin without tones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readings:
    """Syllables parted by spaces: `characters` has every reading of a character, the usual one first.

    `names` has the reading of names in which a character is not read as usual: 银行 is yin hang, not yin xing.
    """

    characters: dict[str, str]
    names: dict[str, str]

    def of_character(self, character: str) -> tuple[str, ...]:
        """Its readings, the usual one first; a character without any stands for itself."""
        return tuple(self.characters.get(character, character).split(" "))

    def of_name(self, name: str) -> tuple[str, ...] | None:
        """One syllable a Chinese character, or None where each is read as usual."""
        reading = self.names.get(name)
        return tuple(reading.split(" ")) if reading else None
