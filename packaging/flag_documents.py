#!/usr/bin/env python3
"""Writes the manual page and the completions for bash, zsh and fish from what `--help` says.

usage: flag_documents.py [EMULATOR] PROGRAM DIRECTORY
"""

import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass

NAME = "cloud_billing_exporter"
PAGE = pathlib.Path(__file__).with_name(f"{NAME}.1.in")
FLAG = re.compile(r"  (--[a-z][a-z.-]*)(?:=(\S+))? {2,}(\S.*)")
CHOICES = re.compile(r"((?:\w+, )*\w+) or (\w+)[.;]")


@dataclass
class Flag:
    name: str
    value: str  # as --help shows it, a default in quotes; empty: the flag takes none
    meaning: str

    @property
    def kind(self):
        """What completes the value: file, directory, the words to choose from, or nothing."""
        if self.value == "FILE" or re.fullmatch(r'"[\w-]+\.yml"', self.value):
            return "file"
        if self.value == "DIR":
            return "directory"
        match = CHOICES.match(self.meaning)
        return [*match[1].split(", "), match[2]] if self.value and match else None

    @property
    def repeatable(self):
        return "Repeatable." in self.meaning


def read_flags(help_text):
    flags = []
    for line in help_text.partition("\nFlags:\n")[2].splitlines():
        match = FLAG.fullmatch(line)
        if match:
            flags.append(Flag(match[1], match[2] or "", match[3]))
        elif line.startswith(" " * 8) and flags:
            flags[-1].meaning += " " + line.strip()
        else:
            raise SystemExit(f"--help: not a flag: {line}")
    if len(flags) < 3:
        raise SystemExit("--help shows no flags")
    return flags


def escape_roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-")


def write_page(flags, version):
    options = []
    for flag in flags:
        value = f"=\\fI{escape_roff(flag.value)}\\fR" if flag.value else ""
        options.append(f".TP\n\\fB{escape_roff(flag.name)}\\fR{value}\n{escape_roff(flag.meaning)}")
    text = PAGE.read_text("utf-8")
    return text.replace("@VERSION@", version).replace("@OPTIONS@", "\n".join(options))


def write_bash(flags):
    def having(kind):
        return "|".join(flag.name for flag in flags if flag.kind == kind)

    cases = [
        f"    {having('file')})\n      compopt -o filenames\n"
        '      mapfile -t COMPREPLY < <(compgen -f -- "$word")\n      return ;;',
        f"    {having('directory')})\n      compopt -o filenames\n"
        '      mapfile -t COMPREPLY < <(compgen -d -- "$word")\n      return ;;']
    for flag in flags:
        if isinstance(flag.kind, list):
            cases.append(f"    {flag.name})\n      mapfile -t COMPREPLY < <(compgen -W "
                         f"'{' '.join(flag.kind)}' -- \"$word\")\n      return ;;")
    others = "|".join(flag.name for flag in flags if flag.value and flag.kind is None)
    cases.append(f"    {others})\n      return ;;")
    names = " ".join(flag.name + ("=" if flag.value else "") for flag in flags)
    body = "\n".join(cases)
    return f"""# bash completion for {NAME}, written from its --help.
_{NAME}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  # Readline takes "--flag=value" for three words.
  [[ $word != = ]] || word=
  [[ $before != = ]] || before=${{COMP_WORDS[COMP_CWORD-2]}}
  case $before in
{body}
  esac
  mapfile -t COMPREPLY < <(compgen -W '{names}' -- "$word")
  [[ ${{COMPREPLY[0]-}} != *= ]] || compopt -o nospace
}}
complete -F _{NAME} {NAME}
"""


def write_zsh(flags):
    lines = []
    for flag in flags:
        meaning = re.sub(r"([\[\]:\\])", r"\\\1", flag.meaning).replace("'", "'\\''")
        action = {"file": "_files", "directory": "_files -/"}.get(
            flag.kind if isinstance(flag.kind, str) else "", "")
        if isinstance(flag.kind, list):
            action = f"({' '.join(flag.kind)})"
        value = f":value:{action}" if flag.value else ""
        lines.append(f"  '{'*' if flag.repeatable else ''}{flag.name}"
                     f"{'=' if flag.value else ''}[{meaning}]{value}'")
    return (f"#compdef {NAME}\n# zsh completion for {NAME}, written from its --help.\n"
            "_arguments \\\n" + " \\\n".join(lines) + "\n")


def write_fish(flags):
    lines = [f"# fish completion for {NAME}, written from its --help.", f"complete -c {NAME} -f"]
    for flag in flags:
        meaning = flag.meaning.replace("\\", "\\\\").replace("'", "\\'")
        how = {"file": " -r -F", "directory": " -x -a '(__fish_complete_directories)'"}.get(
            flag.kind if isinstance(flag.kind, str) else "", " -x" if flag.value else "")
        if isinstance(flag.kind, list):
            how = f" -x -a '{' '.join(flag.kind)}'"
        lines.append(f"complete -c {NAME} -l {flag.name[2:]}{how} -d '{meaning}'")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__.rpartition("\n\n")[2])
    program, directory = sys.argv[1:-1], pathlib.Path(sys.argv[-1])
    def ask(flag):
        return subprocess.run([*program, flag], capture_output=True, text=True, check=True).stdout

    flags = read_flags(ask("--help"))
    version = re.search(r"version (\S+)", ask("--version"))[1]
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in ((f"{NAME}.1", write_page(flags, version)), (f"{NAME}.bash", write_bash(flags)),
                       (f"_{NAME}", write_zsh(flags)), (f"{NAME}.fish", write_fish(flags))):
        (directory / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
