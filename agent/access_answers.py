"""Results of rbac's operations as Markdown, for `answers`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from agent.wording import Mark, count, listed, moment
from tools.rbac.types import (
    AccessDecision,
    AccessReview,
    Change,
    GrantDetail,
    Simulation,
    TeamDetail,
    UserDetail,
)


def _access(value: AccessDecision, _arguments: dict[str, Any], mark: Mark) -> str:
    verdict = "may" if value.allowed else "may **not**"
    text = (
        f"{value.user} {verdict} use {value.permission} on {value.on}. {value.reason} {mark(value)}"
    )
    if value.values_reason:
        text += f"\n\n{value.values_reason}"
    if value.grants:
        text += f"\n\nHeld: {listed(value.grants, 6)}."
    if value.remedy:
        text += f"\n\n{value.remedy}"
    if value.can_grant:
        text += f" {listed(value.can_grant, 3)} could grant it."
    return text


def _grant(one: GrantDetail) -> str:
    verb = "is denied " if one.effect == "deny" else ""
    through = f", through the team {one.team}" if one.team else ""
    since = f", from {moment(one.valid_from)}" if one.valid_from else ""
    until = f", until {moment(one.valid_until)}" if one.valid_until else ""
    return f"- {verb}{one.role} on {one.scope}{through}{since}{until}, by {one.granted_by}"


def _user(value: UserDetail, _arguments: dict[str, Any], mark: Mark) -> str:
    who = f"{value.name} <{value.email}>"
    if value.kind == "service":
        who = f"The service account {value.name}, which {value.owner} answers for,"
    state = "" if value.active else ", who is disabled,"
    if not value.grants:
        return f"{who}{state} holds nothing {mark(value)}."
    return "\n".join([f"{who}{state} holds {mark(value)}:", "", *map(_grant, value.grants)])


def _team(value: TeamDetail, _arguments: dict[str, Any], mark: Mark) -> str:
    members = listed([one.name for one in value.members], 10) or "nobody"
    lines = [f"In the team {value.name}: {members} {mark(value)}."]
    return "\n".join([*lines, *(["", *map(_grant, value.grants)] if value.grants else [])])


def _simulation(value: Simulation, _arguments: dict[str, Any], mark: Mark) -> str:
    lines = [f"With {value.grant}, {value.user} would {mark(value)}:"]
    if value.effect == "deny":
        lines = [f"Denied {value.grant}, {value.user} would {mark(value)}:"]
    for verb, changes in (("gain", value.gained), ("lose", value.lost)):
        lines += [f"- {verb} {line}" for line in _by_place(changes)]
    if value.columns_total:
        sees = "no longer see" if value.effect == "deny" else "see"
        lines.append(
            f"- {sees} the values of {count(value.columns_total, 'classified column')}: "
            f"{listed([f'`{one}`' for one in value.columns], 5)}"
        )
    lines += [
        f"- hold {' and '.join(one.permissions)} together: {one.why}" for one in value.conflicts
    ]
    if len(lines) == 1:
        return f"With {value.grant}, nothing would change for {value.user} {mark(value)}."
    return "\n".join([lines[0], "", *lines[1:], "", "Nothing of it has been done."])


def _by_place(changes: list[Change]) -> list[str]:
    places: dict[str, list[str]] = defaultdict(list)
    for one in changes:
        places[listed(one.on, 6)].append(one.permission)
    return [
        f"{count(len(names), 'permission')} on {place}: {listed(names, 8)}"
        for place, names in places.items()
    ]


def _review(value: AccessReview, _arguments: dict[str, Any], mark: Mark) -> str:
    tallies = (
        ("unused", value.unused),
        ("larger than what is used", value.excessive),
        ("of people who never signed in", value.never_signed_in),
        ("expired", value.expired),
        ("of disabled accounts", value.disabled),
    )
    told = [f"{number} {what}" for what, number in tallies if number]
    lines = [
        f"{count(value.people, 'person')} hold {count(value.total, 'grant')}; judged by the last "
        f"{value.days} days: {listed(told, 5) or 'nothing speaks against any of them'}.",
        "",
    ]
    doubted = sorted(value.items, key=lambda one: not one.flags)
    for one in doubted[:REVIEWED]:
        flags = listed([flag.replace("_", " ") for flag in one.flags], 4)
        used = f"last used {moment(one.last_used)}" if one.last_used else "never used"
        smaller = f"; {one.smaller_role} would do" if one.smaller_role else ""
        doubt = f" **{flags}**{smaller}" if flags else ""
        lines.append(f"- {one.user}: {one.role} on {one.scope}, {used}.{doubt} {mark(one)}")
    if value.total > REVIEWED:
        lines.append(f"- … {min(REVIEWED, len(doubted))} of {value.total} are shown.")
    lines += [f"- {one.user} holds {listed(one.permissions, 2)}: {one.why}"
              for one in value.conflicts]  # fmt: skip
    if not value.conflicts:
        lines.append("\nNobody holds two permissions that should be apart.")
    return "\n".join(lines)


REVIEWED = 12
RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    AccessDecision: _access,
    UserDetail: _user,
    TeamDetail: _team,
    Simulation: _simulation,
    AccessReview: _review,
}
