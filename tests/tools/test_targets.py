"""What an operation acts on decides over the rights, whatever it is named by."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother


async def test_a_scan_and_a_finding_are_their_source_s(world: World) -> None:
    await world.source("shop", scanned=True)
    await world.source("vault", scanned=True)
    for name in ("shop", "vault"):
        await world.call("compliance.evaluate_compliance", source=name)
    ann = await world.person("Ann Dahl", "viewer", source="shop")
    scans = {one.source: one.id for one in (await world.call("scan_logic.list_scans")).items}
    assert (await world.call("scan_logic.get_scan", _as=ann, scan=scans["shop"])).source == "shop"
    findings = (await world.call("compliance.list_findings", _as=ann, limit=500)).items
    assert findings
    seen = await world.call("compliance.get_finding", _as=ann, finding=findings[0].id)
    assert seen.id == findings[0].id
    own = {finding.id for finding in findings}
    every = (await world.call("compliance.list_findings", limit=500)).items
    hidden = next(finding.id for finding in every if finding.id not in own)
    for operation, arguments in (
        ("scan_logic.get_scan", {"scan": scans["vault"]}),
        ("compliance.get_finding", {"finding": hidden}),
        ("compliance.get_finding", {"finding": "fnd_none"}),
    ):
        with pytest.raises(ChooseAnother, match="There is no"):
            await world.call(operation, _as=ann, **arguments)


async def test_a_workspace_is_changed_by_who_has_the_right_everywhere(world: World) -> None:
    await world.source("shop")
    await world.call("workspaces.create", name="Team")
    ben = await world.person("Ben Roth", "steward", workspace="Team")
    with pytest.raises(AskForAccess, match="not everywhere"):
        await world.call("workspaces.link_resource", _as=ben, workspace="Team", source="shop")
    with pytest.raises(ChooseAnother, match="no workspace 'Tome'"):
        await world.call("workspaces.link_resource", workspace="Tome", source="shop")
