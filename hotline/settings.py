"""Everything the administrator may set: one frozen object, read once from the environment and ``.env``.

Each setting is documented in docs/settings.md; a test fails when one is not.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from asterisk_conf.installer import default_cache

Port = Annotated[int, Field(ge=1, le=65535)]
DATABASES = ("sqlite:///", "postgresql+psycopg://")
CHECKOUT = Path(__file__).resolve().parent.parent


def default_data() -> Path:
    """Root serves a machine, anybody else tries the line out in the checkout."""
    return Path("/var/lib/hotline-1580") if os.geteuid() == 0 else CHECKOUT / "var"


class Settings(BaseSettings):
    """The settings, with the environment names ``HOTLINE_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="HOTLINE_", env_file=CHECKOUT / ".env", frozen=True, extra="ignore", validate_default=True
    )

    data_dir: Path = Field(default_factory=default_data, description="Тека даних: база, записи, журнали, секрети.")
    cache_dir: Path = Field(
        default_factory=default_cache, description="Тека великих частин: Asterisk, моделі мовлення."
    )
    database_url: str = Field("", description="База SQLAlchemy; порожньо - SQLite у теці даних.")

    panel_host: str = Field("127.0.0.1", description="Адреса панелі оператора.")
    panel_port: Port = Field(8015, description="Порт панелі оператора.")
    panel_https: bool = Field(False, description="Панель стоїть за HTTPS: печиво лише захищеним каналом.")

    sip_host: str = Field("127.0.0.1", description="Адреса, на якій Asterisk приймає SIP; 0.0.0.0 - для всієї мережі.")
    sip_port: Port = Field(5060, description="Порт SIP.")
    rtp_start: Port = Field(10000, description="Перший порт звуку (RTP).")
    rtp_end: Port = Field(10299, description="Останній порт звуку (RTP).")
    ami_port: Port = Field(5038, description="Порт керування Asterisk (AMI), лише 127.0.0.1.")
    agi_port: Port = Field(4573, description="Порт нашого FastAGI-сервера, лише 127.0.0.1.")
    trunk_host: str = Field("127.0.0.1", description="Адреса SIP-транка оператора зв'язку.")
    trunk_port: Port = Field(5090, description="Порт SIP-транка.")
    trunk_user: str = Field("", description="Ім'я на транку, якщо він його вимагає.")
    trunk_secret: str = Field("", description="Пароль на транку.")
    trunk_numbers: str = Field("", description="Як транк пише наш номер, через кому, наприклад 0332771580.")
    caller_id: str = Field("1580", description="Номер, який бачать громадяни, коли лінія телефонує сама.")
    operators: str = Field("", description="Внутрішні номери операторів через кому, наприклад 101,102.")

    max_calls: int = Field(
        60, ge=1, description="Скільки розмов водночас веде наш сервер; понад це записує сам Asterisk."
    )
    min_free_mb: int = Field(
        500, ge=0, description="Менше вільного місця - лінія лише оголошує і просить передзвонити."
    )
    consult_seconds: float = Field(1.5, gt=0, description="Скільки розмова чекає на базу даних.")

    recogniser: Literal["auto", "vosk", "whisper", "none"] = Field("auto", description="Розпізнавач мовлення.")
    vosk_model: Path | None = Field(None, description="Тека української моделі Vosk.")
    recogniser_workers: int = Field(1, ge=1, description="Скільки процесів розпізнає водночас.")

    rules_dir: Path | None = Field(
        None, description="Тека власних правил розуміння; файл у ній замінює наш файл з тією ж назвою."
    )

    synthesiser: Literal["auto", "espeak", "rhvoice", "piper", "none"] = Field(
        "auto", description="Синтез речень, для яких немає записаних частин."
    )
    piper_voice: Path | None = Field(None, description="Файл голосу Piper (.onnx).")
    recorded_voice: Path | None = Field(None, description="Тека записів диктора; вони замінюють наявні частини.")

    ring_seconds: int = Field(30, ge=5, description="Скільки секунд дзвонити громадянину.")
    callbacks_at_once: int = Field(2, ge=1, description="Скільки зворотних дзвінків водночас.")
    callbacks_per_hour: int = Field(60, ge=1, description="Скільки зворотних дзвінків за годину (КМУ 761).")

    @field_validator("data_dir", "cache_dir", "vosk_model", "piper_voice", "recorded_voice", "rules_dir")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().absolute()

    @field_validator("operators")
    @classmethod
    def _extensions(cls, text: str) -> str:
        for extension in filter(None, (part.strip() for part in text.split(","))):
            if not extension.isascii() or not extension.isdigit():
                raise ValueError(f"внутрішній номер «{extension}» має складатися з цифр")
        return text

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(DATABASES):
            raise ValueError(f"адреса бази починається з {' або '.join(DATABASES)}")
        return url

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'hotline.sqlite'}"

    @property
    def spool_dir(self) -> Path:
        """Recordings and journals of calls that are not filed yet; Asterisk writes here."""
        return self.data_dir / "spool"

    @property
    def sounds_dir(self) -> Path:
        """Sentences of the line as Asterisk plays them."""
        return self.data_dir / "sounds"

    @property
    def run_dir(self) -> Path:
        """State of the running processes."""
        return self.data_dir / "run"

    @property
    def recogniser_state(self) -> Path:
        """Where the recognition workers say whether they have a model."""
        return self.run_dir / "recogniser.json"

    @property
    def operator_extensions(self) -> tuple[str, ...]:
        """The extensions of ``operators``."""
        return tuple(part.strip() for part in self.operators.split(",") if part.strip())


_WRONG = {
    "int_parsing": "потрібне ціле число",
    "float_parsing": "потрібне число",
    "bool_parsing": "потрібно true або false",
    "literal_error": "потрібне одне з: {expected}",
    "greater_than_equal": "щонайменше {ge}",
    "less_than_equal": "щонайбільше {le}",
    "greater_than": "більше за {gt}",
    "value_error": "{error}",
}


def wrong_settings(error: ValidationError) -> str:
    """Which settings cannot be used and why, for the administrator."""
    return "налаштування не підходить: " + "; ".join(_wrong(found) for found in error.errors())


def _wrong(found: Any) -> str:
    why = _WRONG.get(found["type"], found["msg"]).format(**found.get("ctx", {})).replace(" or ", " або ")
    return f"HOTLINE_{str(found['loc'][0]).upper()} «{str(found['input'])[:60]}»: {why}"
