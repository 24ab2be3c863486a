"""Which figures of the indicator editions an assessment gets."""

from __future__ import annotations

from safeconduct.flows.editions import active, of_day
from safeconduct.flows.gathering import _series
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from safeconduct.sources.editions import read
from safeconduct.sources.model import Figure
from tests.flows.office import Office

HEAD = "country_name,country_text_id,year,v2x_libdem\n"


def test_figures_of_the_destination_alone_and_none_where_it_is_not_known(office: Office) -> None:
    table = "Mexico,MEX,2023,0.3\nHungary,HUN,2022,0.4\nHungary,HUN,2023,0.35\nNowhere at all,XNW,2023,0.1\n"
    path = office.home / "vdem_v14_indices.csv"
    path.write_text(HEAD + table)
    every = [each for each in read([path], obtained="2026-01-02").records() if isinstance(each, Figure)]
    (order,) = orders_for([path], published="2024-03-01", obtained="2026-01-02", at=office.at)
    load_edition(CONSOLE, order, key=office.key(), at=office.at)
    (chosen,) = of_day(active("indicator"))
    for territory in ("MX", "HU"):
        found = _series(chosen, office.home, territory, 2026).figures
        assert found == tuple(sorted((e for e in every if e.territory == territory), key=lambda e: e.period))
        assert found
    assert any(not each.territory for each in every)
    assert _series(chosen, office.home, "", 2026).figures == ()
