"""A keyword split into its words and its negative keywords, for comparison with other keywords.

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
    """A keyword without its negative keywords, and its negative keywords in their order."""

    text: str
    negatives: list[str] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they are written, without operators."""
        return tuple(word for token in self.text.split() if (word := token.strip(_OPERATORS)))

    @property
    def meaning(self) -> frozenset[str]:
        """The words without order, case and stop words; ё equals е."""
        return frozenset(meaning(word) for word in self.words if meaning(word) not in STOP_WORDS)

    @property
    def exact(self) -> bool:
        """Whether operators fix forms or order of the words, so that it equals no other phrase."""
        return any(sign in self.text for sign in _OPERATORS)

    @property
    def key(self) -> object:
        """Equal for phrases that differ only in negative keywords, order, case and stop words."""
        return self.text.lower() if self.exact else self.meaning

    @property
    def identity(self) -> str:
        """Equal for keywords that Direct treats as one: they differ only in order, case and stop words."""
        words = self.text.lower() if self.exact or not self.meaning else " ".join(sorted(self.meaning))
        return " -".join([words, *sorted(meaning(word) for word in self.negatives)])

    def exclude(self, word: str) -> None:
        """Adds a negative keyword, once."""
        if meaning(word) not in map(meaning, self.negatives):
            self.negatives.append(word)

    def __str__(self) -> str:
        return " ".join([self.text, *(f"-{word}" for word in self.negatives)])


def phrase(keyword: str) -> Phrase:
    """Splits a keyword into its phrase and its negative keywords."""
    text, *negatives = _NEGATIVE.split(keyword)
    result = Phrase(" ".join(text.split()))
    for negative in negatives:
        result.exclude(" ".join(negative.split()))
    return result


def meaning(word: str) -> str:
    """Returns the form of a word that is compared."""
    return word.lower().replace("ё", "е").strip(_OPERATORS)
