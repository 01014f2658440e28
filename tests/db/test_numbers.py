from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from db.engine import Records
from db.models import Counter
from db.numbers import next_number


def test_series_taken_in_opposite_orders_do_not_wait_for_each_other_for_ever(records: Records) -> None:
    """An operator saves and registers (audit, number) while another one registers (number, audit)."""
    many = 40

    def take(n: int) -> list[int]:
        with records() as session:
            order = ("audit", "appeal 2026") if n % 2 else ("appeal 2026", "audit")
            taken = {series: next_number(session, series) for series in order}
            session.commit()
            return [taken["audit"], taken["appeal 2026"]]

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, range(many)))
    assert sorted(taken) == [[n, n] for n in range(1, many + 1)]
    with records() as session:
        values = dict(session.execute(select(Counter.name, Counter.value)).all())
    assert values["audit"] == values["appeal 2026"] == many
