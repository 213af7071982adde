"""Operations of a test's own, on the real kernel: declared in the test, registered as a group."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from tests.support.world import World
from tools.invoke import Kernel
from tools.registry import GROUPS, Group, Registry
from tools.values import Result


class Told(Result):
    """What a probing operation returns."""

    text: str = ""


def group_of(name: str, *functions: Callable[..., Any]) -> Group:
    """A group that holds these operations."""
    module = ModuleType(f"tests.groups.{name}")
    for number, function in enumerate(functions):
        function.__module__ = module.__name__
        setattr(module, f"function_{number}", function)
    return Group(name, f"/api/{name}", module)


def kernel_with(world: World, *functions: Callable[..., Any]) -> Kernel:
    """The world's kernel again, with the operations of a group `probe` besides all others."""
    known = world.runtime.kernel
    registry = Registry((*GROUPS, group_of("probe", *functions)))
    return Kernel(registry, known.database, known.services)
