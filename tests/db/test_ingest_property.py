"""However a spool is ingested, the rows are those of one run at the end."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import migrate, seed
from db.engine import Records
from db.spool import SpooledCall
from tests.db.city import City, asked, fallback, taped, write_wav
from tests.db.conftest import NOON

UIDS = ("1763892000.1", "1763892000.2", "1763892000.3")

STEPS = st.one_of(
    st.tuples(st.just("key"), st.sampled_from("1230")),
    st.tuples(st.just("tape"), st.sampled_from([0.0, 1.0, 2.0])),
    st.tuples(st.just("broken"), st.sampled_from([b"{", b'{"is": "call"}', b""])),
)
ENDS = st.sampled_from(["completed", "hung_up", "dies", "dies while recording", "dies and the dialplan goes on"])
CALLS = st.lists(st.tuples(st.lists(STEPS, max_size=5), ENDS), min_size=1, max_size=len(UIDS))


@contextmanager
def new_city() -> Iterator[City]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/records.db"
        migrate.upgrade(url)
        records = Records(url)
        with records() as session:
            seed.seed(session)
            session.commit()
        yield City(Path(folder) / "city", records)
        records.close()


def act(city: City, call: SpooledCall, step: tuple[str, Any], n: int) -> None:
    at = NOON + timedelta(seconds=n)
    match step:
        case "speak", seconds:
            write_wav(call.recording_path(n, "appeal"), seconds / 2, final=False)
        case "key", keys:
            call.keep(asked(n, keys), at)
        case "tape", seconds:
            call.keep(taped(call, n, seconds, "key"), at)
        case "broken", line:
            with (call.folder / "journal.jsonl").open("ab") as file:
                file.write(line + b"\n")


def end(city: City, call: SpooledCall, how: str, uid: str, n: int) -> None:
    if how in ("completed", "hung_up"):
        call.finish("completed" if how == "completed" else "hung_up", NOON + timedelta(seconds=n))
        return
    if how == "dies while recording":
        write_wav(call.recording_path(n, "appeal"), 3.0)
    call.close()
    if how == "dies and the dialplan goes on":
        fallback(city, uid=uid)


def steps_of(steps: list[tuple[str, Any]], how: str) -> Iterator[tuple[int, str, Any]]:
    """The steps of a call with the number of the line's turn each belongs to; a recording grows before it ends."""
    yield 0, "open", ""
    for n, (kind, value) in enumerate(steps, 1):
        if kind == "tape" and value:
            yield n, "speak", value
        yield n, kind, value
    if how == "dies while recording":
        yield len(steps) + 1, "speak", 3.0
    yield len(steps) + 1, "end", how


def play(city: City, calls: list[Any], order: list[int], ingest_after: set[int]) -> dict[str, Any]:
    """Play the calls with their steps interleaved by ``order``, ingesting after some of the steps."""
    queues = [list(steps_of(steps, how)) for steps, how in calls]
    spooled: dict[int, SpooledCall] = {}
    done = 0
    while any(queues):
        chosen = order[done % len(order)] % len(queues) if order else 0
        who = next(i for i in (*range(chosen, len(queues)), *range(chosen)) if queues[i])
        n, kind, value = queues[who].pop(0)
        if kind == "open":
            spooled[who] = city.call(f"ast-{UIDS[who]}")
        elif kind == "end":
            end(city, spooled[who], value, UIDS[who], n)
        else:
            act(city, spooled[who], (kind, value), n)
        done += 1
        if done in ingest_after:
            city.ingest()
    city.ingest()
    city.ingest()
    return city.rows()


def files(city: City) -> list[str]:
    return sorted(str(file.relative_to(city.store.archive)) for file in city.store.archive.rglob("*.*"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calls=CALLS, order=st.lists(st.integers(0, 2), max_size=8), after=st.sets(st.integers(1, 30)))
def test_pieces_in_any_order_give_the_same_rows_as_all_at_once(
    calls: list[Any], order: list[int], after: set[int]
) -> None:
    with new_city() as once, new_city() as pieces:
        expected = play(once, calls, [], set())
        assert play(pieces, calls, order, after) == expected
        for city in (once, pieces):
            left = sorted(folder.name for folder in city.spool.root.iterdir())
            assert left == ["fallback", "receipts"] and list(city.spool.fallback.iterdir()) == []
        assert files(pieces) == files(once)
