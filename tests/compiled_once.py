"""Addresses of the program, compiled once for all the programs of a test process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from werkzeug.routing import Rule


@contextmanager
def addresses_compiled_once() -> Iterator[None]:
    """Keep the code that builds an address: two thirds of what making a program takes.

    It takes the rule it belongs to as an argument and depends on nothing but what stands in the key.
    """
    compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
    compile_one = Rule._compile_builder

    def compile_once(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, tuple(self._trace), tuple(sorted((self.defaults or {}).items())), append_unknown)
        if key not in compiled:
            compiled[key] = compile_one(self, append_unknown)
        return compiled[key]

    with patch.object(Rule, "_compile_builder", compile_once):
        yield
