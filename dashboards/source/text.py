"""Texts for readers, in each language side by side."""

import dataclasses

LANGUAGES = ("en", "zh")


@dataclasses.dataclass(frozen=True)
class Text:
    en: str
    zh: str

    def __add__(self, more):
        return Text(self.en + of(more).en, self.zh + of(more).zh)

    def __radd__(self, more):
        return of(more) + self


def of(text):
    """What reads the same in every language stands as a plain string."""
    return text if isinstance(text, Text) else Text(text, text)


def in_language(value, language):
    """The same tree, with the texts of one language."""
    if isinstance(value, Text):
        return getattr(value, language)
    if isinstance(value, dict):
        return {in_language(key, language): in_language(item, language)
                for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_language(item, language) for item in value]
    return value
