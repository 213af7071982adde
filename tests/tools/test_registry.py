"""The registry: duplicates stop start-up by name, and an unknown name offers the nearest."""

from __future__ import annotations

import pytest

from tests.support.probe import Told, group_of
from tools.context import Context
from tools.errors import ChooseAnother, MendDeclaration
from tools.operation import operation
from tools.registry import Registry


def declared(name: str, path: str | None = None):
    async def function(ctx: Context) -> Told:
        """Probe."""

    return operation(name, permission="probe.read", examples=("Probe",), path=path)(function)


def test_two_operations_of_one_name_stop_start_up() -> None:
    group = group_of("probe", declared("probe.look"), declared("probe.look", "GET /elsewhere"))
    with pytest.raises(MendDeclaration, match=r"probe\.look is declared twice"):
        Registry((group,))


def test_two_operations_on_one_path_stop_start_up() -> None:
    group = group_of("probe", declared("probe.look"), declared("probe.see", "GET /look"))
    with pytest.raises(
        MendDeclaration, match=r"probe\.see and probe\.look share GET /api/probe/look\. Give"
    ):
        Registry((group,))


def test_an_operation_in_a_foreign_group_stops_start_up() -> None:
    with pytest.raises(MendDeclaration, match=r"other\.look stands in the group probe\. Move"):
        Registry((group_of("probe", declared("other.look")),))


def test_two_operations_that_models_would_know_by_one_name_stop_start_up() -> None:
    one = group_of("probe", declared("probe.rules_list"))
    other = group_of("probe_rules", declared("probe_rules.list"))
    with pytest.raises(MendDeclaration, match="probe_rules_list"):
        Registry((one, other))


def test_an_operation_is_found_by_its_name_and_by_its_tool_name() -> None:
    registry = Registry()
    tag = registry.find("catalog.tag_asset")
    assert registry.find("catalog_tag_asset") is tag
    assert registry.route(tag) == "/api/advanced-catalog/tag-asset"
    assert len(registry) == len({one.name for one in registry})


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("catalog.tag_assets", "catalog.tag_asset"), ("rbac.grant", "rbac.grant_role")],
)
def test_an_unknown_operation_offers_the_nearest(wrong: str, meant: str) -> None:
    with pytest.raises(ChooseAnother) as refused:
        Registry().find(wrong)
    problem = refused.value.problem()
    assert problem["code"] == "unknown_operation"
    assert problem["status"] == 404
    assert f"'{wrong}'" in problem["detail"]
    assert f"'{meant}'" in problem["remedy"]


def test_a_name_like_no_other_is_told_what_there_is() -> None:
    with pytest.raises(ChooseAnother) as refused:
        Registry().find("zzz" * 100)
    assert "Known are: data_sources.list_sources" in refused.value.remedy
    assert len(refused.value.detail) < 200


def test_the_permissions_are_those_that_operations_ask_for_and_the_right_to_see() -> None:
    registry = Registry()
    permissions = registry.permissions()
    assert {one.permission for one in registry} | {"data.unmask"} == set(permissions)
    assert permissions == sorted(permissions)
