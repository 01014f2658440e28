"""Errors whose message is all that the person at the keyboard needs."""

from __future__ import annotations

import errno
import os

from sqlalchemy.exc import DBAPIError

from asterisk_conf.installer import NoAsterisk
from asterisk_conf.site import UnusableSite
from db.engine import RecordsDown
from db.street_edits import StreetRefused
from db.street_files import StreetsFileRefused
from db.users import UserRefused
from hotline.prepare import NotPossible
from hotline.processes import AlreadyRunning
from hotline.staff import NoSuchUser
from hotline.system import NotReady
from hotline.virtual_call import CallFailed
from sound.catalogue import UnknownPrompt
from sound.voice import CannotSay
from sound.wav import UnusableSound
from transcribe.recognizer import NoModel
from transcribe.understanding.rules import UnusableRules

TROUBLES = (
    AlreadyRunning,
    CallFailed,
    CannotSay,
    DBAPIError,
    NoAsterisk,
    NoModel,
    NoSuchUser,
    NotPossible,
    NotReady,
    RecordsDown,
    StreetRefused,
    StreetsFileRefused,
    UnknownPrompt,
    UnusableRules,
    UnusableSite,
    UnusableSound,
    UserRefused,
)

_WHY = {
    errno.ENOENT: "немає такого файлу або теки",
    errno.EACCES: "немає доступу",
    errno.EPERM: "немає доступу",
    errno.EEXIST: "це файл, а не тека",
    errno.ENOTDIR: "це файл, а не тека",
    errno.EISDIR: "це тека, а не файл",
    errno.ENOSPC: "на диску немає місця",
    errno.EROFS: "диск лише для читання",
}


def in_words(error: Exception) -> str:
    """The trouble as the administrator reads it."""
    match error:
        case RecordsDown(__cause__=DBAPIError(orig=reason)) | DBAPIError(orig=reason):
            return f"база даних не відповідає ({reason}). Якщо її ще немає: hotline db upgrade"
        case OSError():
            return f"{os.fsdecode(error.filename)}: {_WHY.get(error.errno or 0, error.strerror)}"
    return str(error)
