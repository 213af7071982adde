"""Arguments that several operations of compliance take."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tools.compliance.rule_parsing import CONDITION_TYPES
from tools.compliance.rules import Severity

SourceFilter = Annotated[str | None, Field(max_length=200, description="Only this source")]
RuleRef = Annotated[str, Field(max_length=200, description="A rule's id or title")]
ControlRef = Annotated[
    str, Field(max_length=120, description="A control's id or reference, such as gdpr/art-30")
]
TITLE = Field(min_length=3, max_length=120, description="What has to hold, in a few words")
DESCRIPTION = Field(min_length=3, max_length=240, description="What has to hold, in one sentence")
REMEDY = Field(min_length=3, max_length=240, description="How a failure is mended")
SEVERITY = Field(description="low, medium, high or critical")
APPLIES_TO = Field(
    description="Whom the rule judges: {kinds: [table, column, source or user]} and, if wanted, "
    "labels, categories, sensitivity_at_least, environments"
)
CONDITION = Field(
    description="What has to hold: {type: has_owner} and the like, with the type's own arguments, "
    "combined by {type: all_of or any_of, conditions: […]} and {type: not, condition: …}. "
    "Types: " + ", ".join(CONDITION_TYPES)
)
Title = Annotated[str, TITLE]
Description = Annotated[str, DESCRIPTION]
Remedy = Annotated[str, REMEDY]
SeverityLevel = Annotated[Severity, SEVERITY]
Tree = dict[str, Any]
AppliesTo = Annotated[Tree, APPLIES_TO]
ConditionTree = Annotated[Tree, CONDITION]
NewTitle = Annotated[str | None, TITLE]
NewDescription = Annotated[str | None, DESCRIPTION]
NewRemedy = Annotated[str | None, REMEDY]
NewSeverity = Annotated[Severity | None, SEVERITY]
NewAppliesTo = Annotated[Tree | None, APPLIES_TO]
NewConditionTree = Annotated[Tree | None, CONDITION]
