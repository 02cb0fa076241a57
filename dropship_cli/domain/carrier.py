"""Which carrier a person means: by code, Chinese or English name, with or without its tail; never by guessing.

The platform's own list goes before the fallback table; unknown and ambiguous names are refused with the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from dropship_cli.domain.carrier_names import key, stem
from dropship_cli.domain.carrier_numbers import is_plausible, is_wellformed, signed_by
from dropship_cli.domain.carrier_table import CARRIERS, FALSE_FRIENDS, Carrier
from dropship_cli.domain.errors import RefusedError

__all__ = ["CARRIERS", "Carrier", "by_code", "find", "is_plausible", "is_wellformed", "resolve", "signed_by"]

_BY_CODE = {carrier.code: carrier for carrier in CARRIERS}
_NEAREST = 3
_REMEMBERED = 4096


class _Book:
    """One list made quick to ask: 100,000 rows of a file ask the same few names."""

    def __init__(self, listed: tuple[Carrier, ...]) -> None:
        self.listed = listed
        self.known = {carrier: _words(carrier, _seed(carrier)) for carrier in listed}
        self.answers: dict[str, Carrier | RefusedError] = {}
        self._codes = _index((c, w) for c in listed for w in (c.code, c.platform_code))
        self._names = _index((c, c.name) for c in listed)
        self._words = _index((c, w) for c, words in self.known.items() for w in words)
        self._stems: dict[str, list[Carrier]] = {}
        for carrier, words in self.known.items():
            _enter(self._stems, carrier, {stem(word) for word in words})

    def exact(self, text: str) -> list[Carrier]:
        """Who is called so: codes go before names, names before other words."""
        wanted = key(text)
        return self._codes.get(wanted) or self._names.get(wanted) or self._words.get(wanted) or []

    def by_stem(self, text: str) -> list[Carrier]:
        return self._stems.get(stem(text), [])


_latest: list[_Book] = []


def by_code(code: str) -> Carrier | None:
    """The carrier of the fallback table with this neutral code."""
    return _BY_CODE.get(code)


def resolve(text: str, listed: Sequence[Carrier]) -> Carrier:
    """The one carrier that `text` names, from `listed` (the platform's) where it is there, else from our table.

    Raises RefusedError `carrier.unknown` or `carrier.ambiguous`, both with `given` and the `nearest` names.
    """
    answers = _book(listed).answers
    if text not in answers:
        if len(answers) >= _REMEMBERED:
            answers.clear()
        answers[text] = _answer(text, _book(listed))
    answer = answers[text]
    if isinstance(answer, RefusedError):
        raise RefusedError(answer.code, **answer.values)
    return answer


def find(word: str, listed: Sequence[Carrier]) -> list[Carrier]:
    """All carriers of `listed` (of our table, where it is empty) that `word` is a part of; all for an empty word."""
    book = _book(listed or CARRIERS)
    wanted = key(word)
    if not word.strip():
        return list(book.listed)
    found = [c for c, words in book.known.items() if wanted and any(wanted in key(w) for w in words)]
    return found or list(book.by_stem(word))


def _answer(text: str, book: _Book) -> Carrier | RefusedError:
    try:
        return _search(text, book)
    except RefusedError as refusal:
        return refusal


def _search(text: str, book: _Book) -> Carrier:
    if key(text) and (found := book.exact(text)):
        return _only(text, found)
    if friends := FALSE_FRIENDS.get(text.strip().upper()):
        raise RefusedError("carrier.ambiguous", given=text, nearest=", ".join(friends))
    if not stem(text):
        raise RefusedError("carrier.unknown", given=text, nearest=_nearest(text, book))
    found = _fallback().exact(text) or book.by_stem(text) or _fallback().by_stem(text)
    if not found:
        raise RefusedError("carrier.unknown", given=text, nearest=_nearest(text, book))
    return _only(text, [*found, *_taken(found, book)])


def _taken(found: Sequence[Carrier], book: _Book) -> list[Carrier]:
    """Who of the list uses the found one's neutral code for itself: sent on, it would name the wrong house."""
    codes = {carrier.code for carrier in found}
    return [c for c in book.listed if c.platform_code in codes and c.code not in codes]


def _only(text: str, found: Sequence[Carrier]) -> Carrier:
    if len(found) > 1:
        raise RefusedError("carrier.ambiguous", given=text, nearest=", ".join(c.name for c in found))
    return found[0]


def _nearest(text: str, book: _Book) -> str:
    """The names that look most like `text`; the first of the list where none does."""
    from difflib import get_close_matches

    names = {key(word): c.name for b in (_fallback(), book) for c, words in b.known.items() for word in words}
    close = [names[word] for word in get_close_matches(key(text), names, n=2 * _NEAREST, cutoff=0.5)]
    shown = list(dict.fromkeys(close)) or [c.name for c in (book.listed or CARRIERS)]
    return ", ".join(shown[:_NEAREST])


def _seed(carrier: Carrier) -> Carrier | None:
    """Our entry for a platform's: by name first, because a code may be another house's (debangwuliu at Doudian)."""
    named = (c for same in (key, stem) for c in CARRIERS if same(c.name) == same(carrier.name))
    return next(named, _BY_CODE.get(carrier.code))


def _words(carrier: Carrier, seed: Carrier | None) -> tuple[str, ...]:
    own = (carrier.code, carrier.platform_code, carrier.name, carrier.english, *carrier.aliases)
    lent = (seed.name, seed.english, *seed.aliases) if seed else ()
    return tuple(dict.fromkeys(word for word in (*own, *lent) if word))


def _index(pairs: Iterable[tuple[Carrier, str]]) -> dict[str, list[Carrier]]:
    index: dict[str, list[Carrier]] = {}
    for carrier, word in pairs:
        _enter(index, carrier, {key(word)})
    return index


def _enter(index: dict[str, list[Carrier]], carrier: Carrier, words: set[str]) -> None:
    """Notes `carrier` under each word, once a code: lists repeat themselves."""
    for word in words - {""}:
        entered = index.setdefault(word, [])
        if all(other.code != carrier.code for other in entered):
            entered.append(carrier)


def _book(listed: Sequence[Carrier]) -> _Book:
    """The latest list's book again while the list is the same (compared by identity first, so this is quick)."""
    wanted = tuple(listed)
    if not _latest or _latest[0].listed != wanted:
        _latest[:] = [_Book(wanted)]
    return _latest[0]


@cache
def _fallback() -> _Book:
    """Our own table; made when first asked for, because most commands never ask."""
    return _Book(CARRIERS)
