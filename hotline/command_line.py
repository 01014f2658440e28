"""Click in Ukrainian: its help, and what it says of a mistyped command; errors a person can mend take one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

import click

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""

_HEADINGS = {"Options": "Параметри", "Commands": "Команди", "Positional arguments": "Аргументи"}
_WORDS = {
    "Show this message and exit.": "Показати цю довідку.",
    "[OPTIONS]": "[ПАРАМЕТРИ]",
    "COMMAND [ARGS]...": "КОМАНДА [АРГУМЕНТИ]...",
    "[required]": "[обов'язково]",
    "[default: ": "[якщо не задано: ",
    "FILENAME": "ФАЙЛ",
    "INTEGER": "ЧИСЛО",
    "LOGIN": "ЛОГІН",
    "TEXT": "ТЕКСТ",
    "FILE": "ФАЙЛ",
    "FLOW": "РОЗМОВА",
    "KEY": "КЛЮЧ",
}
_ANY_WORD = re.compile("|".join(re.escape(word) for word in _WORDS))


class Trouble(click.ClickException):
    """Something the administrator must mend, said in one line without a traceback."""

    def show(self, file: Any = None) -> None:
        """The one line, in Ukrainian to the end."""
        click.echo(f"Помилка: {self.message}", file=file, err=file is None)


class Help(click.HelpFormatter):
    """The pages of ``--help``."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's own prefix is English
        super().write_usage(prog, _in_words(args), "Використання: ")

    def section(self, name: str) -> Any:
        return super().section(_HEADINGS.get(name, name))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_in_words(term), _in_words(text)) for term, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = Help


class Command(click.Command):
    """A command with Ukrainian help."""

    context_class = _Context


class Group(click.Group):
    """A group of such commands, and of such groups."""

    context_class = _Context
    command_class = Command
    group_class = type


class Program(Group):
    """The outermost group: whatever goes wrong ends with words for a person."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]  # always leaves: nobody needs the other mode
        """Run the program and leave with its exit code."""
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
        except click.UsageError as error:
            _explain(error)
        except click.FileError as error:
            Trouble(f"файл {error.ui_filename} не відкривається: {error.message}").show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            Trouble(error.message).show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("\nПерервано.", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)


def telephone_keys(_context: click.Context, _option: click.Parameter, keys: str) -> str:
    """Groups of keys with commas between them."""
    if not re.fullmatch(r"([0-9*#]{1,32}(,[0-9*#]{1,32})*)?", keys):
        raise click.BadParameter("клавіші 0-9, * і #, між групами кома, наприклад «3,32700154».")
    return keys


def telephone_number(_context: click.Context, _option: click.Parameter, number: str) -> str:
    """A number as a telephone shows it; "" is withheld."""
    if not re.fullmatch(r"\+?[0-9]{0,20}", number):
        raise click.BadParameter("потрібен номер із цифр, наприклад 0501234567; порожній - прихований.")
    return number


def _explain(error: click.UsageError) -> NoReturn:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"Довідка: {error.ctx.command_path} --help\n", err=True)
    Trouble(" ".join(_complaint(error))).show()
    sys.exit(error.exit_code)


def _complaint(error: click.UsageError) -> Iterator[str]:
    match error:
        case click.exceptions.NoSuchCommand():
            yield f"немає команди «{error.command_name}»."
        case click.NoSuchOption():
            yield f"немає параметра «{error.option_name}»."
        case click.BadOptionUsage():
            yield f"параметр «{error.option_name}» записано не так: перевірте, чи потрібне йому значення."
        case click.MissingParameter():
            yield f"бракує {_named(error)}."
        case click.BadParameter():
            yield f"{_named(error)}: {_expected(error)}"
        case _:
            yield "зайві або пропущені слова в команді."
    if possible := getattr(error, "possibilities", None):
        yield f"Можливо: {', '.join(possible)}?"


def _named(error: click.BadParameter) -> str:
    return _in_words(error.param.get_error_hint(error.ctx) if error.param else str(error.param_hint)).replace("'", "")


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"має бути одне з: {', '.join(str(choice) for choice in kind.choices)}."
    if isinstance(kind, click.Path):
        return "потрібен файл, а такого немає." if kind.exists else "потрібен файл, а це тека."
    return error.message


def _in_words(text: str) -> str:
    return _ANY_WORD.sub(lambda found: _WORDS[found[0]], text)
