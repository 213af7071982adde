"""The built-in planner: a LangChain chat model that needs no network and no key.

It understands a request by `agent.planning`, calls the same tools as a language model would, and
words the results by `agent.answers`. It is deterministic, and says so when it doesn't understand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolCall, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from agent.advice_answers import checks_advised, standing
from agent.answers import part_of, render, shaped
from agent.diagnosis_answers import Found, diagnosed
from agent.events import Custom
from agent.planning.types import Shape, Understanding
from agent.posture_answers import standings, versus
from agent.sinks import text_sink
from agent.toolbox import cite
from agent.turnstate import Turn, current_turn
from agent.wording import Mark, listed
from tools.compliance.types import Postures
from tools.errors import RacineError
from tools.values import Cited, Page

NAME = "builtin"
PARAGRAPH = "\n\n"


class Planner(BaseChatModel):
    """Answers with calls first, then, once they have run, with words."""

    @property
    def _llm_type(self) -> str:
        return "racine-builtin-planner"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """The planner knows the turn's operations; nothing needs to be bound."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("The planner is asynchronous only: use ainvoke.")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        turn = current_turn.get()
        understanding: Understanding = turn.understanding
        called = isinstance(messages[-1], ToolMessage)
        if understanding.calls and not called:
            calls: list[ToolCall] = [
                {
                    "name": call.operation.replace(".", "_", 1),
                    "args": _as_steps(call.arguments),
                    "id": f"{turn.run_id}-c{position}",
                    "type": "tool_call",
                }
                for position, call in enumerate(understanding.calls, 1)
            ]
            turn.step_ids = {
                str(call["id"]): f"s{position}" for position, call in enumerate(calls, 1)
            }
            message = AIMessage("", tool_calls=calls)
        else:
            paragraphs = [
                *filter(None, [understanding.told]),
                *_absent(understanding),
                *_unheeded(understanding),
                *_found(turn),
                *_later(understanding),
                *_unanswered(turn, understanding),
            ]
            sink = text_sink.get()
            for position, paragraph in enumerate(paragraphs):
                if sink is not None:
                    sink(paragraph if position == 0 else PARAGRAPH + paragraph)
            message = AIMessage(PARAGRAPH.join(paragraphs))
        return ChatResult(generations=[ChatGeneration(message=message)])


def _as_steps(value: Any) -> Any:
    """Arguments whose references by call (`0.id`) are references by plan step (`s1.id`)."""
    if isinstance(value, dict) and set(value) == {"$ref"}:
        number, _, path = str(value["$ref"]).partition(".")
        return {"$ref": f"s{int(number) + 1}.{path}"}
    if isinstance(value, dict):
        return {name: _as_steps(item) for name, item in value.items()}
    return value


def _absent(understanding: Understanding) -> list[str]:
    if not understanding.absent or understanding.smalltalk or understanding.honest:
        return []
    names = listed(list(dict.fromkeys(understanding.absent)), 3)
    about = "; this is about the sources that are registered" if understanding.calls else ""
    return [f"No {names} is connected here{about}."]


def _unheeded(understanding: Understanding) -> list[str]:
    if not understanding.unheeded:
        return []
    said = listed([f"“{one}”" for one in understanding.unheeded], 4)
    return [f"I can't narrow this down by {said}, so it is left out here:"]


def _later(understanding: Understanding) -> list[str]:
    if not understanding.later:
        return []
    said = "; ".join(f"“{one.strip()}”" for one in understanding.later)
    return [f"{said}: that can be answered once the plan has run. Ask me again then."]


# How what several calls find is told as one, by `Understanding.view`.
VIEWS: dict[str, Callable[[Sequence[Found], Mark], str]] = {
    "diagnosis": diagnosed,
    "checks": checks_advised,
    "standing": standing,
}
AS_IT_STANDS = "As it stands now, before the plan has run:"


def _refusal(turn: Turn, operation: str, arguments: dict[str, Any], error: RacineError) -> str:
    """An error in words; one about an argument's form says what is wanted instead."""
    said = error.detail
    if not said.startswith(f"{operation}: "):
        return f"{said} {_in_words(error.remedy, turn)}"
    name = str(error.field or "").partition(".")[0]
    card = turn.allowed.get(operation)
    wanted = (card.schema if card else {}).get("properties", {}).get(name, {}).get("description")
    what = f"{name.replace('_', ' ')} ({wanted})" if wanted else name.replace("_", " ")
    given = arguments.get(name)
    if isinstance(given, str):
        return f"I can't take “{given}” as the {what}. Say another, please."
    return f"For that I need a {what} that I can use. Say which, please."


_OPERATION = re.compile(r"\b[a-z_]+\.[a-z_]+\b")


def _in_words(remedy: str, turn: Turn) -> str:
    """A remedy with what can be said instead of an operation's name."""

    def said(name: re.Match[str]) -> str:
        card = turn.allowed.get(name.group())
        return f"“{card.examples[0]}”, for example," if card and card.examples else name.group()

    return _OPERATION.sub(said, remedy)


def _merged(told: list[tuple[str, str, dict[str, Any]]]) -> list[str]:
    """Paragraphs of one operation that say the same of several things, as one."""
    alike: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = {}
    for operation, paragraph, arguments in told:
        head, _, rest = paragraph.partition("\n")
        alike.setdefault((operation, re.sub(r"\[\d+\]", "", rest) or head), []).append(
            (paragraph, arguments)
        )
    merged = []
    for same in alike.values():
        others = [str(one.get("asset") or one.get("source") or "") for _, one in same[1:]]
        more = f"\n\nThe same holds for {listed(others, 6)}." if all(others) and others else ""
        merged.append(same[0][0] + more)
    return merged


def _found(turn: Turn) -> list[str]:
    def mark(record: Cited) -> str:
        return cite(turn, record.citation())

    paragraphs: list[tuple[str, str, dict[str, Any]]] = []
    if turn.understanding.view:
        return [VIEWS[turn.understanding.view](turn.found(), mark)]
    calls = turn.understanding.calls
    planned = {step.operation for step in turn.steps}
    first = next((i for i, call in enumerate(calls) if call.operation in planned), len(calls))
    after = {call.operation for call in calls[first:]}
    shapes = {call.operation: call.shape for call in calls if call.shape is not None}
    if len(calls) > 1 and calls[0].shape is not None and calls[0].shape.share:
        return _share(turn, calls[0].shape, mark)
    judged = any(isinstance(value, Postures) for _operation, _arguments, value in turn.found())
    for operation, arguments, value in turn.found():
        if judged and operation == "compliance.list_findings":
            continue  # the posture says already what fails, where and why
        if isinstance(value, RacineError):
            paragraphs.append((operation, _refusal(turn, operation, arguments, value), arguments))
            if operation in turn.refused_writes:
                turn.steps.clear()  # half of what was asked for is not a plan
        else:
            shape = shapes.get(operation)
            if shape is not None and isinstance(value, Postures):
                said = standings(value, shape, mark)
            elif shape is not None and isinstance(value, Page):
                said = shaped(operation, value, arguments, shape, mark)
            else:
                said = render(operation, value, arguments, mark)
            if operation in after:
                said, after = f"{AS_IT_STANDS} {said}", set()
            paragraphs.append((operation, said, arguments))
    judgements = [value for _, _, value in turn.found() if isinstance(value, Postures)]
    compared = versus(judgements) if not shapes else None
    if compared is not None:
        paragraphs.insert(0, ("", compared, {}))
    turn.steps.sort(key=lambda step: int(step.id[1:]))
    return _merged(paragraphs)


def _share(turn: Turn, shape: Shape, mark: Mark) -> list[str]:
    """What part of all is so; what can't be told of it, as it is told of any list."""
    lists = [one for one in turn.found() if isinstance(one[2], Page)]
    refused = [one for one in turn.found() if isinstance(one[2], RacineError)]
    if refused or len(lists) < 2:
        return [_refusal(turn, *one) for one in refused]
    part, whole = sorted(lists, key=lambda one: one[2].total)[:2]
    return [part_of(part, whole[2], shape, mark)]


def _unanswered(turn: Turn, understanding: Understanding) -> list[str]:
    paragraphs = []
    if understanding.smalltalk is not None:
        paragraphs.append(SMALLTALK[understanding.smalltalk])
    if understanding.honest is not None:
        paragraphs.append(understanding.honest)
    missed_all = understanding.not_understood and not understanding.guessed
    if missed_all and understanding.smalltalk is None:
        missed = ", ".join(f"“{part}”" for part in understanding.not_understood)
        paragraphs.append(f"I did not understand {missed}.")
    if understanding.question:
        options = list(understanding.options)
        turn.emitter.emit(
            Custom("clarification", {"question": understanding.question, "options": options})
        )
        paragraphs.append(
            "\n".join([understanding.question, *(f"- {option}" for option in options)])
        )
    if not paragraphs and not understanding.calls and not understanding.told:
        paragraphs.append("I did not understand that.")
    if understanding.nearest:
        nearest = "\n".join(f"- {example}" for example in understanding.nearest)
        example = understanding.smalltalk or understanding.told
        lead = "For example" if example else "The nearest that I can do"
        paragraphs.append(f"{lead}:\n{nearest}")
    return paragraphs


SMALLTALK = {
    "how_to": "You can have me do it: say it, and I'll show a plan before anything changes.",
    "greeting": "Hello. Ask me about your data sources, what they hold, who owns it, and whether "
    "it complies; or tell me what to change, and I'll show you a plan first.",
    "thanks": "You're welcome.",
    "help": "I'm Racine's built-in planner, not a language model: I understand requests about data "
    "governance.",
    "out_of_scope": "That is outside of what I can help with: I answer about data sources, the "
    "catalog, classifications, compliance, scans and access.",
}
