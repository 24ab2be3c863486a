"""The life cycle of a case as one table, what each move needs, and the clock that questions stop."""

from safeconduct.decide.clock import Stop, days_run
from safeconduct.decide.lifecycle import MOVES, Act, Move, moves_from, obstacles, target
from safeconduct.decide.needs import Obstacle, OpenQuestion, Situation
from safeconduct.decide.texts import TEXTS

__all__ = [
    "MOVES",
    "TEXTS",
    "Act",
    "Move",
    "Obstacle",
    "OpenQuestion",
    "Situation",
    "Stop",
    "days_run",
    "moves_from",
    "obstacles",
    "target",
]
