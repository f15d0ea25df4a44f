"""How long the queue is, how long somebody waits, how many desks are needed: values in, values out, no chance.

A fluid of guests, a quarter of a minute at a time: they come along a curve, desks let them in at their pace, the rest
waits. What chance adds to the mean (guests come one by one, some take longer) is `SPREAD` standard deviations of the
backlog since the queue began. Domain 6.1 to 6.6; tests/checkin/test_forecast.py holds it to each of their figures.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import fmean

# Domain 6.3, in seconds a guest: the code alone; a glance at the document; document compared and badge handed; a search
# by name, document and badge. Somebody who is on no list, replaces or is misspelt takes `EXCEPTION`.
PRESETS, EXCEPTION = (8, 15, 25, 40), 120
EXCEPTION_SHARE = 0.08
# 95 of 100 wait at most so many minutes (6.4); at the desk of exceptions a little more is taken (6.5: 4.7 to 5.7).
MOST_WAIT, MOST_EXCEPTION_WAIT = 5.0, 6.5
STEP, SPREAD, VARIATION = 0.25, 1.25, 0.5
MOST_DESKS, LONGEST = 200, 600.0
# Desks that let in this share of what they can are taken to have a queue before them; minutes looked at for it.
BUSY, LOOKED_AT = 0.85, 5
# Gaps of fewer seconds between two entrances at one desk are a party ticked off together; how many others are looked at
# together; what their lower quartile is of the mean of times that vary by half (log-normal).
APART, ENOUGH, QUARTILE_OF_MEAN = 2.0, 30, 0.65
# The lower quartile of such times is 0.53 of the upper; of the gaps of an idle desk, to which guests come one by one by
# chance (exponential), ln(4/3) / ln 4 = 0.21. Thirty gaps of more than this had a queue before them, slow or not.
QUEUED = 0.45
CURVE = 60


@dataclass(frozen=True)
class Assumed:
    """How guests are received.

    `seconds` a guest takes; `minutes`, from the opening, within which all come (a bell, domain 6.2); `is_mixed`:
    exceptions stand in the same line instead of at a desk of their own.
    """

    seconds: float = 25
    minutes: float = 30
    is_mixed: bool = False

    @property
    def mean(self) -> float:
        """Seconds a guest of the line takes on average."""
        share = EXCEPTION_SHARE if self.is_mixed else 0.0
        return (1 - share) * self.seconds + share * EXCEPTION

    @property
    def variation(self) -> float:
        """Squared coefficient of variation of that time."""
        share = EXCEPTION_SHARE if self.is_mixed else 0.0
        squares = (1 - share) * self.seconds**2 + share * EXCEPTION**2
        return squares * (1 + VARIATION**2) / self.mean**2 - 1


@dataclass(frozen=True)
class Seen:
    """What is known now.

    `minutes` since the doors opened (negative before); `guests` who will come in all; `entrances` of each minute up to
    now, the last one going on; `came`: how many are in; `desks` that work.
    """

    minutes: float
    guests: float
    entrances: tuple[int, ...] = ()
    came: int = 0
    desks: int = 1


@dataclass(frozen=True)
class Plan:
    """So many desks: minutes that 95 of 100 wait at most, and after which the last is in; people waiting at worst."""

    desks: int
    wait: float
    last: float
    longest: int


@dataclass(frozen=True)
class Forecast:
    """What is and what comes, in people and minutes from now; `wait` and `last` are None while no desk works.

    `wait` of whoever comes now; `last`: when all are in; `longest` queue, in `longest_in` minutes; `needed`: desks
    that keep the wait short, 0 when nobody is left; `ahead`: the queue of each minute of the next hour.
    """

    queue: int
    wait: float | None
    to_come: int
    last: float | None
    longest: int
    longest_in: int
    needed: int
    ahead: tuple[int, ...]


def arrived(share: float) -> float:
    """Who has come after this share of the time of arrivals: a bell, 1.5 times the mean at its height.

    With chance the worst minute of 300 guests is then about 2.2 times the mean (domain 6.2).
    """
    x = min(max(share, 0.0), 1.0)
    return 3 * x * x - 2 * x**3


def plan(guests: int, desks: int, assumed: Assumed) -> Plan:
    """What so many desks mean for so many guests, all of whom come within the time of arrivals."""
    return _run(float(guests), desks, assumed)


def desks_for(guests: int, assumed: Assumed, most: float = MOST_WAIT) -> int:
    """The fewest desks where 95 of 100 wait at most `most` minutes (domain 6.4, mixed: 6.5)."""
    return _fewest(lambda desks: _run(float(guests), desks, assumed).wait <= most) if guests > 0 else 0


def exception_agents(guests: int, assumed: Assumed) -> int:
    """Who must stand at the desk of exceptions, 8 of 100 guests being one (domain 6.5)."""
    own = Assumed(EXCEPTION, assumed.minutes)
    return desks_for(math.ceil(guests * EXCEPTION_SHARE), own, MOST_EXCEPTION_WAIT)


def plans_around(guests: int, assumed: Assumed) -> tuple[Plan, ...]:
    """The plan that is needed, between two with fewer desks and one with more."""
    needed = desks_for(guests, assumed)
    return tuple(plan(guests, desks, assumed) for desks in range(max(needed - 2, 1), needed + 2) if needed)


@lru_cache(maxsize=64)
def forecast(seen: Seen, assumed: Assumed) -> Forecast:
    """What happens from now on, desks and pace staying as they are."""
    queue = _queue(seen, assumed)
    to_come = max(seen.guests - seen.came - queue, 0.0)
    coming = _coming(seen, assumed, to_come)
    capacity = seen.desks * 60 / assumed.mean
    ahead, last = _ahead(queue, coming, capacity)
    longest = max(ahead)
    return Forecast(
        queue=round(queue),
        wait=queue / capacity if seen.desks else None,
        to_come=round(to_come),
        last=last if seen.desks else None,
        longest=round(longest),
        longest_in=ahead.index(longest),
        needed=_needed(queue, to_come, coming, assumed),
        ahead=tuple(round(number) for number in ahead[: CURVE + 1]),
    )


def measured_seconds(instants: Sequence[Sequence[float]]) -> float | None:
    """Seconds a guest takes, from the instants (s) of the entrances at each desk while a queue stood before it.

    None while too few are known: a desk that waits for guests tells how they come, not how long they take. Never more
    than the mean gap, nor than `EXCEPTION`: who comes at equal intervals to an idle desk cannot be told from a queue.
    """
    ends = [[(b, b - a) for a, b in pairwise(one) if b - a >= APART] for one in instants]
    gaps = [gap for one in ends for gap in _queued([gap for _end, gap in one])]
    if not gaps:
        gaps = _queued([gap for _end, gap in sorted(end for one in ends for end in one)])
    if not gaps:
        return None
    seconds = min(sorted(gaps)[len(gaps) // 4] / QUARTILE_OF_MEAN, fmean(gaps))
    return seconds if seconds <= EXCEPTION else None


def _queued(gaps: Sequence[float]) -> list[float]:
    """Those of successive gaps that lie in a stretch of thirty as even as only a queue leaves them."""
    kept: set[int] = set()
    last = len(gaps) - ENOUGH
    for begin in {*range(0, last + 1, ENOUGH // 3), last} if last >= 0 else ():
        stretch = sorted(gaps[begin : begin + ENOUGH])
        if stretch[ENOUGH // 4] >= QUEUED * stretch[-1 - ENOUGH // 4]:
            kept.update(range(begin, begin + ENOUGH))
    return [gaps[number] for number in sorted(kept)]


@lru_cache(maxsize=512)
def _run(guests: float, desks: int, assumed: Assumed) -> Plan:
    """From the opening until the last is in."""
    capacity = desks * 60 / assumed.mean
    backlog = at = began = worst = longest = 0.0
    while at < LONGEST and (at < assumed.minutes or backlog > 0):
        if backlog <= 0:
            began = at
        share = arrived((at + STEP) / assumed.minutes)
        backlog = max(0.0, backlog + guests * (share - arrived(at / assumed.minutes)) - capacity * STEP)
        at += STEP
        if backlog > 0:
            since = share - arrived(began / assumed.minutes)
            chance = _chance(guests, since, min(capacity * (at - began), guests * since), assumed)
            worst = max(worst, (backlog + chance) / capacity)
        longest = max(longest, backlog)
    return Plan(desks, worst, at, round(longest))


def _chance(guests: float, share: float, served: float, assumed: Assumed) -> float:
    """People that chance adds to a backlog: who of so many came in this time, and what each of those served took."""
    return SPREAD * math.sqrt(guests * share * (1 - share) + assumed.variation * served)


def _fewest(is_enough: Callable[[int], bool]) -> int:
    """The smallest number of desks that is enough; more desks are never worse."""
    low, high = 1, MOST_DESKS
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def _queue(seen: Seen, assumed: Assumed) -> float:
    """People before the doors now. Desks that are not busy have none; since they are, the curve says who came."""
    capacity = seen.desks * 60 / assumed.mean
    if seen.minutes <= 0:
        return 0.0
    busy = _busy_minutes(seen.entrances, capacity)
    if seen.desks and not busy:
        return 0.0
    since = max(seen.minutes - busy, 0.0) if seen.desks else 0.0
    let_in = sum(seen.entrances[len(seen.entrances) - busy :]) if busy else 0
    before = arrived(since / assumed.minutes)
    if before >= 1:
        return 0.0
    still = max(seen.guests - (seen.came - let_in), 0.0)
    came = still * (arrived(seen.minutes / assumed.minutes) - before) / (1 - before)
    return max(came - let_in, 0.0)


def _busy_minutes(entrances: Sequence[int], capacity: float) -> int:
    """For how many minutes up to now the desks have let in about all they can; the minute going on is not looked at."""
    whole = entrances[:-1]
    busy = 0
    while busy + LOOKED_AT <= len(whole):
        end = len(whole) - busy
        if sum(whole[end - LOOKED_AT : end]) < BUSY * capacity * LOOKED_AT:
            break
        busy += 1
    return min(busy + LOOKED_AT, len(entrances)) if busy else 0


def _coming(seen: Seen, assumed: Assumed, to_come: float) -> Callable[[float], float]:
    """How many of those to come will have come so many minutes from now.

    After the time of arrivals they come as they did in the last minutes, until all have.
    """
    done = arrived(seen.minutes / assumed.minutes)
    if done < 1:
        return lambda ahead: to_come * (arrived((seen.minutes + ahead) / assumed.minutes) - done) / (1 - done)
    pace = sum(seen.entrances[-LOOKED_AT - 1 : -1]) / LOOKED_AT
    return lambda ahead: min(pace * ahead, to_come)


def _ahead(queue: float, coming: Callable[[float], float], capacity: float) -> tuple[list[float], float]:
    """The queue of each minute from now, for an hour at least, and after how many minutes the last is in."""
    backlog, at, last, minutes = queue, 0.0, 0.0, [queue]
    while at < LONGEST and (at < CURVE or backlog > 0):
        new = coming(at + STEP) - coming(at)
        backlog = max(0.0, backlog + new - capacity * STEP)
        at += STEP
        if new > 0 or backlog > 0:
            last = at
        if at == int(at):
            minutes.append(backlog)
    return minutes, last


def _needed(queue: float, to_come: float, coming: Callable[[float], float], assumed: Assumed) -> int:
    """Desks that bring the wait of those to come below the most, and of those waiting too; 0 when nobody is left."""
    if queue + to_come < 1:
        return 0

    def is_enough(desks: int) -> bool:
        capacity = desks * 60 / assumed.mean
        backlog, at = queue, 0.0
        if backlog / capacity > MOST_WAIT:
            return False
        while at < CURVE or backlog > 0:
            share = (coming(at + STEP)) / to_come if to_come else 1.0
            backlog = max(0.0, backlog + coming(at + STEP) - coming(at) - capacity * STEP)
            at += STEP
            chance = _chance(to_come, min(share, 1.0), min(capacity * at, to_come * share), assumed) if backlog else 0
            if (backlog + chance) / capacity > MOST_WAIT:
                return False
        return True

    return _fewest(is_enough)
