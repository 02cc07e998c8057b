"""What an alert is, in both languages, and the parts that expressions share."""

import dataclasses
import textwrap

# Labels that tell which copy of a series this is: how it was scraped, by which server, from which of
# several exporters. An account and its money are the same in all of them.
TARGET = ("instance", "pod", "container", "endpoint", "service", "node")
SERVER = ("prometheus", "prometheus_replica", "replica")
COPIES = (*TARGET, *SERVER, "job", "namespace", "cluster")

# A time in seconds, in words.
DURATION = ('{{ $value | humanizeDuration }}',
            '{{ $value | humanizeDuration | reReplaceAll "d" " 天" | reReplaceAll "h" " 小时" '
            '| reReplaceAll "m" " 分" | reReplaceAll "s" " 秒" }}')


@dataclasses.dataclass(frozen=True)
class Alert:
    """Texts are (English, Chinese). Of the alerts of one cause an account raises one."""
    name: str
    cause: str
    severity: str
    expression: str
    summary: tuple[str, str]
    description: tuple[str, str]
    hold: str = ""  # how long it must hold before it fires
    comment: tuple[str, str] = ("", "")


@dataclasses.dataclass(frozen=True)
class Group:
    name: str
    alerts: tuple[Alert, ...]


def indent(text):
    return textwrap.indent(text, "  ")


def over(operation, labels, expression, *more):
    """Aggregated, with these labels taken away: the account's own stay."""
    listed = ", ".join((*more, *labels))
    if len(listed) > 70:
        listed = "\n" + indent("\n".join(textwrap.wrap(listed, 86))) + "\n"
    if "\n" not in expression and len(expression) + len(operation) < 80 and "\n" not in listed:
        return f"{operation} without ({listed}) ({expression})"
    return f"{operation} without ({listed}) (\n{indent(expression)}\n)"


def once(operation, expression, *more):
    """Once for each account, however many copies there are: `min` or `max` of what each of them says."""
    return over(operation, COPIES, expression, *more)
