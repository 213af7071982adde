"""The default rule set: literal data, by subject in `rules/`; values' forms and names in `words/`.

Weights say how much values alone (`value_weight`) or the name alone (`name_weight`) prove; 0.5 is
found. What only a name can tell (an age, a card's code) has `value_weight=0`, and its patterns are
there to contradict the name. A label may have several detectors: the best one speaks.
"""

from __future__ import annotations

from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.rules.facts import FACTS
from tools.scan_rule_sets.rules.numbers import NUMBERS
from tools.scan_rule_sets.rules.people import PEOPLE
from tools.scan_rule_sets.rules.places import PLACES

DEFAULT_RULE_SET = RuleSet(
    name="default", version=1, detectors=(*PEOPLE, *NUMBERS, *PLACES, *FACTS)
)
