"""A keyword taken apart: its words, what each of them means to a comparison, and its negative keywords.

Word forms are not reduced: the emulator knows no grammar, so that "window" and "windows" are two words to it.
"""

import re
from dataclasses import dataclass, field

AUTOTARGETING = "---autotargeting"
"""The text of a group's autotargeting, which is a keyword without words."""

_STOP_WORDS = (
    "а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если есть"
    " еще же за здесь и из или им их к как ко когда кто ли либо мне может мы на надо наш не него нее нет ни них но ну о"
    " об однако он она они оно от очень по под при с со так также такой там те тем то того тоже той только том ты у уже"
    " хотя чего чей чем что чтобы чье чья эта эти это я a an and are as at be by for from in is it of on or the to with"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())

_NEGATIVE = re.compile(r"(?:^|\s)-(?=\S)")
_OPERATORS = '!+[]"()'


@dataclass
class Phrase:
    """A keyword without its negative keywords, and these in their order."""

    text: str
    negatives: list[str] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they are written, operators left out."""
        return tuple(word for token in self.text.split() if (word := token.strip(_OPERATORS)))

    @property
    def meaning(self) -> frozenset[str]:
        """What the phrase is about: its words without order, case and stop words; ё is е."""
        return frozenset(meaning(word) for word in self.words if meaning(word) not in STOP_WORDS)

    @property
    def exact(self) -> bool:
        """Whether operators tie it to certain forms or an order, so that it is like no other phrase."""
        return any(sign in self.text for sign in _OPERATORS)

    @property
    def key(self) -> object:
        """Equal for phrases that differ in nothing but negative keywords, order, case and stop words."""
        return self.text.lower() if self.exact else self.meaning

    @property
    def identity(self) -> str:
        """Equal for keywords that are one to Direct: order, case and stop words apart, negative keywords included."""
        said = self.text.lower() if self.exact or not self.meaning else " ".join(sorted(self.meaning))
        return " -".join([said, *sorted(meaning(word) for word in self.negatives)])

    def exclude(self, word: str) -> None:
        """Adds a negative keyword, once."""
        if meaning(word) not in map(meaning, self.negatives):
            self.negatives.append(word)

    def __str__(self) -> str:
        return " ".join([self.text, *(f"-{word}" for word in self.negatives)])


def phrase(keyword: str) -> Phrase:
    """Takes a keyword apart."""
    text, *negatives = _NEGATIVE.split(keyword)
    found = Phrase(" ".join(text.split()))
    for negative in negatives:
        found.exclude(" ".join(negative.split()))
    return found


def meaning(word: str) -> str:
    """A word as it is compared."""
    return word.lower().replace("ё", "е").strip(_OPERATORS)
