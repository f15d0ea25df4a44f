"""The forecast of the queue, held to the figures of the domain (6.2 to 6.6) within the tolerance each test states."""

import math
from dataclasses import replace
from itertools import accumulate
from statistics import NormalDist

import pytest

from app.checkin.forecast import (
    PRESETS,
    Assumed,
    Seen,
    arrived,
    desks_for,
    exception_agents,
    forecast,
    measured_seconds,
    plan,
    plans_around,
)

# Domain 6.4: desks for so many guests at 8, 15, 25 and 40 seconds, exceptions at a desk of their own.
OWN_DESK = {300: (2, 3, 5, 8), 500: (3, 5, 8, 13), 255: (2, 3, 4, 7), 425: (3, 4, 7, 11)}
# Domain 6.5: the same with eight exceptions in a hundred in the line.
MIXED = {300: (4, 5, 6, 9), 500: (6, 8, 10, 15)}


@pytest.mark.parametrize(("guests", "desks"), OWN_DESK.items())
def test_desks_with_exceptions_apart_are_those_of_the_domain_exactly(guests, desks):
    assert tuple(desks_for(guests, Assumed(seconds)) for seconds in PRESETS) == desks


@pytest.mark.parametrize(("guests", "desks"), MIXED.items())
def test_desks_with_exceptions_in_the_line_are_those_of_the_domain_or_one_more(guests, desks):
    """Never fewer: an estimate may only err towards a shorter wait."""
    found = tuple(desks_for(guests, Assumed(seconds, is_mixed=True)) for seconds in PRESETS)
    assert all(0 <= ours - theirs <= 1 for ours, theirs in zip(found, desks, strict=True)), found


@pytest.mark.parametrize(("guests", "desks", "wait"), [(500, 4, 26), (500, 6, 11), (300, 4, 8), (300, 5, 3.3)])
def test_too_few_desks_make_the_waits_of_the_domain_within_half_a_minute(guests, desks, wait):
    assert plan(guests, desks, Assumed(25)).wait == pytest.approx(wait, abs=0.5)


def test_the_last_of_500_at_four_desks_is_in_after_55_minutes_within_two():
    assert plan(500, 4, Assumed(25)).last == pytest.approx(55, abs=2)


def test_spread_over_an_hour_500_need_five_desks_instead_of_eight():
    assert (desks_for(500, Assumed(25)), desks_for(500, Assumed(25, minutes=60))) == (8, 5)


@pytest.mark.parametrize(("guests", "agents", "wait"), [(24, 2, 4.7), (40, 3, 5.7), (24, 1, 23), (40, 1, 53)])
def test_the_desk_of_exceptions_waits_as_in_the_domain_within_a_sixth(guests, agents, wait):
    assert plan(guests, agents, Assumed(120)).wait == pytest.approx(wait, rel=1 / 6)


def test_exceptions_of_300_need_two_agents_and_of_500_three():
    assert (exception_agents(300, Assumed()), exception_agents(500, Assumed())) == (2, 3)


def test_the_plans_shown_hold_the_one_needed_and_what_fewer_would_mean():
    plans = plans_around(300, Assumed(25))
    assert [one.desks for one in plans] == [3, 4, 5, 6]
    assert [one.wait <= 5 for one in plans] == [False, False, True, True]
    assert plans_around(0, Assumed(25)) == ()


def an_evening(minutes, guests=300, desks=4, seconds=25):
    """Desks at work since the doors opened, guests coming along the bell: what is seen, and the queue there is."""
    capacity, queue, let_in, rows = desks * 60 / seconds, 0.0, 0.0, []
    for minute in range(minutes):
        queue += guests * (arrived((minute + 1) / 30) - arrived(minute / 30))
        out = min(queue, capacity)
        queue, let_in = queue - out, let_in + out
        rows.append(round(let_in) - sum(rows))
    return Seen(minutes, guests, (*rows, 0), sum(rows), desks), queue


@pytest.mark.parametrize("minutes", [3, 8, 12, 15, 20, 25, 30, 33])
def test_the_queue_that_nobody_counts_is_found_from_who_came_in_within_a_sixth_or_six_people(minutes):
    seen, queue = an_evening(minutes)
    assert forecast(seen, Assumed(25)).queue == pytest.approx(queue, rel=1 / 6, abs=6)


def test_whoever_comes_at_the_height_waits_what_the_plan_says():
    seen, _queue = an_evening(24)
    told = forecast(seen, Assumed(25))
    assert told.wait == pytest.approx(6.7, abs=1.5)
    assert seen.minutes + told.last == pytest.approx(34, abs=2)
    assert told.needed > seen.desks


def test_desks_that_are_not_busy_have_no_queue_whatever_the_curve_expects():
    seen = Seen(15, 300, (2,) * 15, 30, 4)
    told = forecast(seen, Assumed(25))
    assert (told.queue, told.wait, told.to_come) == (0, 0, 270)


def test_before_the_doors_open_the_hour_ahead_is_the_plan():
    told = forecast(Seen(-10, 300, (), 0, 5), Assumed(25))
    planned = plan(300, 5, Assumed(25))
    assert (told.queue, told.longest, told.needed) == (0, planned.longest, 5)
    assert told.last == pytest.approx(40, abs=1)
    assert len(told.ahead) == 61
    assert max(told.ahead) == told.longest == told.ahead[told.longest_in]


def test_everyone_in_is_nothing_left_to_do():
    told = forecast(Seen(50, 255, (0,) * 50, 255, 4), Assumed(25))
    assert (told.queue, told.to_come, told.last, told.needed) == (0, 0, 0, 0)


def test_no_desk_at_work_is_a_queue_and_no_wait_that_can_be_told():
    told = forecast(Seen(10, 300, (0,) * 10, 0, 0), Assumed(25))
    assert told.queue == round(300 * arrived(1 / 3))
    assert (told.wait, told.last) == (None, None)


def test_the_same_values_give_the_same_answer():
    seen, _queue = an_evening(14)
    forecast.cache_clear()
    first = forecast(seen, Assumed(25))
    forecast.cache_clear()
    assert forecast(replace(seen), Assumed(25)) == first


def service_times(mean=25.0, number=61):
    """Times that vary by half, as the model assumes them (log-normal), in a mixed order; no chance."""
    sigma = math.sqrt(math.log(1.25))
    quantiles = [NormalDist().inv_cdf((n + 0.5) / number) for n in range(number)]
    return [mean * math.exp(sigma * quantiles[n * 17 % number] - sigma**2 / 2) for n in range(number)]


@pytest.mark.parametrize(("idle", "tolerance"), [(0, 0.1), (20, 0.4)])
def test_the_ledger_tells_how_long_a_guest_takes(idle, tolerance):
    """Within a tenth where somebody always waits; where every other guest finds an idle desk, two fifths too long."""
    gaps = [took + (idle if n % 2 else 0) for n, took in enumerate(service_times())]
    instants = list(accumulate(gaps, initial=0.0))
    assert measured_seconds([instants[:20]]) is None
    assert measured_seconds([instants]) == pytest.approx(25, rel=tolerance)
    assert measured_seconds([instants[:30], instants[30:]]) == pytest.approx(25, rel=tolerance)


def chance_gaps(mean, number=60):
    """Gaps between guests who come one by one to a desk that waits for them (exponential), in a mixed order."""
    return [-mean * math.log(1 - (n * 17 % number + 0.5) / number) for n in range(number)]


def at(gaps, since=0.0):
    return list(accumulate(gaps, initial=since))


@pytest.mark.parametrize("mean", [15, 25, 60])
def test_a_slow_desk_is_measured_and_one_that_waits_for_guests_is_not(mean):
    """The same entrances a minute, once because each takes so long, once because nobody comes sooner."""
    assert measured_seconds([at(service_times(mean))]) == pytest.approx(mean, rel=0.1)
    assert measured_seconds([at([8 + gap for gap in chance_gaps(max(mean, 30))])]) is None
    assert measured_seconds([at(chance_gaps(mean))]) is None


def test_only_the_queue_of_a_mixed_evening_is_measured():
    """A rush between two quiet hours; a busy desk beside an idle one; a pause in a rush."""
    rush = service_times()
    evening = [*chance_gaps(90), *rush, *chance_gaps(90)]
    assert measured_seconds([at(evening)]) == pytest.approx(25, rel=0.15)
    assert measured_seconds([at(rush), at(chance_gaps(40))]) == pytest.approx(25, rel=0.1)
    assert measured_seconds([at([*rush[:30], 900.0, *rush[30:]])]) == pytest.approx(25, rel=0.15)


def test_several_desks_with_a_few_guests_each_are_measured_together():
    took = service_times()
    assert measured_seconds([at(took[n : n + 12], n) for n in range(0, 60, 12)]) == pytest.approx(25, rel=0.15)
    assert measured_seconds([at(chance_gaps(25)[n : n + 12], n) for n in range(0, 60, 12)]) is None


def test_longer_than_an_exception_is_not_what_a_guest_takes():
    assert measured_seconds([at([180.0] * 60)]) is None


def test_equal_times_are_measured_exactly():
    assert measured_seconds([[25.0 * n for n in range(40)]]) == pytest.approx(25)


def test_a_party_ticked_off_together_says_nothing_of_a_guest():
    assert measured_seconds([[float(n) for n in range(200)]]) is None
