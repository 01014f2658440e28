"""The ``hotline`` command."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from hotline.command_line import Program, Trouble, telephone_keys, telephone_number
from hotline.learn_command import learn
from hotline.log import configure
from hotline.settings import Settings, wrong_settings
from hotline.streets_command import streets

PROCESSES = ("line", "ingest", "dialer", "recogniser", "panel")


def settings() -> Settings:
    """The settings, or a clear word about the one that is wrong.

    Raises:
        Trouble: a value cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise Trouble(wrong_settings(error)) from error


def tell(words: str) -> None:
    """Progress for the person at the keyboard; standard output stays for results."""
    click.echo(words, err=True)


class Hotline(Program):
    """Errors that a person can mend end a command with one line, without a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command."""
        from hotline.troubles import TROUBLES, in_words

        try:
            return super().invoke(context)
        except TROUBLES as error:
            raise Trouble(in_words(error)) from error
        except OSError as error:
            if error.filename is None:
                raise
            raise Trouble(in_words(error)) from error


@click.group(cls=Hotline, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Телефонна лінія міста 15-80."""
    configure(context.invoked_subcommand or "hotline")


@main.command()
@click.argument("process", type=click.Choice(PROCESSES))
def serve(process: str) -> None:
    """Один процес лінії (їх запускає супервізор)."""
    configure(process)  # not «serve»: the log names the process
    import_module(f"hotline.serve.{process}").serve(settings())


@main.command("agi-script")
@click.argument("flow")
def agi_script(flow: str) -> None:
    """Одна розмова без сервера лінії: Asterisk запускає agi/hotline.agi."""
    from agi.standalone import run_once
    from hotline.wiring import Parts

    sys.exit(run_once(sys.stdin.buffer, sys.stdout.buffer, flow, Parts(settings()).calls()))


@main.command()
def run() -> None:
    """Підготувати і запустити всю лінію; Ctrl-C зупиняє все."""
    from hotline.running import run_line

    run_line(settings(), tell)


@main.command()
@click.option(
    "--speech", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="WAV з мовленням громадянина."
)
@click.option(
    "--keys", default="", callback=telephone_keys, help="Клавіші; групи через кому натискаються, коли лінія замовкне."
)
@click.option(
    "--from", "caller", default="0501234567", show_default=True, callback=telephone_number, help="Номер громадянина."
)
@click.option(
    "--answer-callback", type=click.Choice(["1", "2", "3", "busy", "none"]), help="Як прийняти зворотний дзвінок."
)
@click.option("--json", "as_json", is_flag=True, help="Об'єкт JSON одним рядком.")
def call(speech: Path | None, keys: str, caller: str, answer_callback: Any, as_json: bool) -> None:
    """Віртуальний громадянин телефонує на лінію, що працює, або на приватну."""
    from hotline.calling import call_the_line
    from hotline.virtual_call import Wish

    result = call_the_line(settings(), Wish(speech, keys, caller, answer_callback), tell)
    click.echo(json.dumps(result, ensure_ascii=False, indent=None if as_json else 2))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Надрукувати JSON.")
def doctor(as_json: bool) -> None:
    """Перевірити кожну частину лінії; код виходу 1, якщо щось не гаразд."""
    from hotline.doctor import examine

    checks = examine(settings())
    if as_json:
        click.echo(json.dumps([{"name": c.name, "ok": c.ok, "words": c.words} for c in checks], ensure_ascii=False))
    else:
        for check in checks:
            click.echo(f"{'+' if check.ok else '!'} {check.name}: {check.words}")
    sys.exit(0 if all(check.ok for check in checks) else 1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Надрукувати об'єкт JSON зі словами і часом.")
def transcribe(file: Path, as_json: bool) -> None:
    """Розпізнати мовлення у звуковому файлі."""
    from sound.wav import header_of
    from transcribe import models
    from transcribe.follow import recognise_file

    own = settings()
    header_of(file)  # a file that is no sound is told before a model is loaded
    heard = recognise_file(models.choose(own.recogniser, own.vosk_model, own.cache_dir), file)
    if as_json:
        words = [{"word": w.word, "start": w.start, "end": w.end, "conf": w.conf} for w in heard.words]
        shown = {"engine": heard.engine, "model": heard.model, "state": heard.state, "text": heard.text, "words": words}
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        click.echo(heard.text or "мовлення не виявлено")


@main.command("recognise-again")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="РРРР-ММ-ДД", help="Лише записи від цього дня.")
@click.option("--engine", type=click.Choice(["auto", "vosk", "whisper"]), help="Розпізнавач замість указаного в .env.")
def recognise_again(since: datetime | None, engine: str | None) -> None:
    """Розпізнати старі записи моделлю, яка є тепер. Виправлене людьми і зареєстроване лишається, як було.

    Перервану роботу продовжує та сама команда.
    """
    from hotline import recognise_again as again

    os.nice(10)  # the workers, who hear citizens as they speak, go first
    own = settings().model_copy(update={"recogniser": engine} if engine else {})

    def bar(seconds: int) -> Any:
        return click.progressbar(length=seconds, label="Секунд звуку", file=sys.stderr)

    result = again.recognise_again(own, since.date() if since else None, bar)
    click.echo(f"Розпізнано: {result.heard}, новий текст показується у {result.better}, файлу немає: {result.lost}")


@main.command()
@click.argument("text", required=False)
@click.option("--lines", type=click.File("rb"), metavar="ФАЙЛ", help="Файл, у рядку одне повідомлення; «-» - stdin.")
@click.option("--json", "as_json", is_flag=True, help="Об'єкт JSON; з --lines - один на рядок.")
def understand(text: str | None, lines: Any, as_json: bool) -> None:
    """Що лінія зрозуміла б із тексту: про що, де, наскільки терміново, хто сказав."""
    from hotline import understanding

    if (text is None) == (lines is None):
        raise Trouble("потрібен текст або --lines, щось одне")
    city = understanding.city_of(settings())
    understander = understanding.understander_of(settings(), city)
    shown = understanding.as_json if as_json else understanding.in_words
    # A text of the command line may hold bytes that are no text, just as a line of a file.
    given = understanding.lines_of(lines) if text is None else [understanding.readable(os.fsencode(text))]
    for line, note in given:
        click.echo(shown(city, understander, line, note))


@main.command()
@click.argument("text")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Куди записати WAV."
)
def say(text: str, output: Path) -> None:
    """Записати у WAV те, що лінія сказала б: текст або ключ каталогу."""
    from hotline.speaking import say_to_file

    say_to_file(settings(), text, output)


@main.command()
@click.argument("flow", type=click.Choice(["hotline_1580", "feedback_call"]), default="hotline_1580")
@click.option("--from", "caller", default="0501234567", show_default=True)
def simulate(flow: str, caller: str) -> None:
    """Розмова в терміналі: робот друкує, ви відповідаєте; наприкінці - файл сценарію."""
    from hotline.speaking import catalogue_text
    from ivr_flows.run import CallFacts
    from ivr_flows.simulator import simulate as play

    facts = CallFacts("simulator", caller, "32700154", attempt_id=1 if flow == "feedback_call" else None)
    scenario = play(flow, facts, read=input, show=click.echo, text_of=catalogue_text(settings()))
    click.echo(f"\n{scenario}")


@main.group()
def users() -> None:
    """Працівники, які входять у панель."""


@users.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Прізвище та ім'я.")
@click.option("--role", type=click.Choice(["operator", "admin"]), default="operator", show_default=True)
def users_add(login: str, name: str, role: str) -> None:
    """Створити працівника; пароль друкується один раз."""
    from hotline import staff

    click.echo(f"Пароль: {staff.add(settings(), login, name, role)}")


@users.command("password")
@click.argument("login")
def users_password(login: str) -> None:
    """Новий пароль працівника; відкриті сеанси закінчуються."""
    from hotline import staff

    click.echo(f"Новий пароль: {staff.new_password(settings(), login)}")


@users.command("off")
@click.argument("login")
def users_off(login: str) -> None:
    """Вимкнути працівника: увійти більше не можна, його дії залишаються в історії."""
    from hotline import staff

    staff.off(settings(), login)
    click.echo(f"Вимкнено: {login}")


@users.command("list")
def users_list() -> None:
    """Перелік працівників."""
    from hotline import staff

    for line in staff.listing(settings()):
        click.echo(line)


main.add_command(streets)
main.add_command(learn)


@main.group()
def models() -> None:
    """Моделі мовлення."""


@models.command("fetch")
def models_fetch() -> None:
    """Завантажити українську модель Vosk; якщо не вдається - Whisper base."""
    from hotline.speech_model import fetch_vosk, fetch_whisper

    own = settings()
    if not fetch_vosk(own, tell) and not fetch_whisper(own, tell):
        raise Trouble("моделі мовлення немає")


@main.group()
def db() -> None:
    """База даних."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Створити базу або оновити її до поточної версії."""
    from hotline.prepare import prepare_records

    prepare_records(settings(), tell)


@db.command("check")
def db_check() -> None:
    """Перевірити версію бази і ланцюг журналу дій."""
    from hotline.doctor import records_checks

    checks = records_checks(settings())
    for check in checks:
        click.echo(f"{'+' if check.ok else '!'} {check.name}: {check.words}")
    sys.exit(0 if all(check.ok for check in checks) else 1)


@main.group()
def prompts() -> None:
    """Тексти і записи голосу лінії."""


@prompts.command("list")
def prompts_list() -> None:
    """Усі тексти: записано диктором, записано, синтезується або нема чим сказати."""
    from hotline import speaking

    for row in speaking.prompt_rows(settings()):
        click.echo(f"{speaking.STATES[row.state]:<18} {row.seconds or 0:5.1f} с  {row.key}: {row.text}")


@prompts.command("add")
@click.argument("key")
@click.argument("file", type=click.Path(path_type=Path))
def prompts_add(key: str, file: Path) -> None:
    """Узяти запис диктора: будь-який WAV, тиша з країв зрізається, гучність вирівнюється."""
    from hotline import speaking

    click.echo(f"Записано {key}: {speaking.add_recording(settings(), key, file):.1f} с")


@prompts.command("check")
def prompts_check() -> None:
    """Чи кожен файл можна програти і чи збігаються файли з каталогом."""
    from hotline import speaking

    problems = speaking.prompt_problems(settings())
    for problem in problems:
        click.echo(f"! {problem}")
    click.echo("Усе гаразд." if not problems else f"Проблем: {len(problems)}")
    sys.exit(1 if problems else 0)


@prompts.command("missing")
def prompts_missing() -> None:
    """Тексти, які лінія каже, а запису ще немає (їх озвучує синтез)."""
    from hotline import speaking

    for row in speaking.unrecorded(settings()):
        click.echo(f"{row.key}: {row.text}")


@prompts.command("export")
@click.option("-o", "--output", type=click.File("w", encoding="utf-8"), default="-", help="Файл CSV.")
def prompts_export(output: Any) -> None:
    """Тексти, які ще треба записати, як CSV: ключ, файл, текст."""
    from hotline import speaking

    tell(f"Текстів: {speaking.export_unrecorded(settings(), output)}")
