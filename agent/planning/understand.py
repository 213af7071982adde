"""From a message to calls, a question, or an honest "not understood". The package's one entry.

Pure and deterministic. A write comes only from a frame (`frames`) that a clause fits as a whole,
outside quoted or reported text, and is neither negated nor tied to a condition or a later time;
the one exception is a scan on a schedule (`scheduled`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from agent.planning import exemplars, features
from agent.planning.absent import placed, unknown_framework, wish
from agent.planning.advice import advised
from agent.planning.binding import Desk
from agent.planning.choices import chosen_from, implausible, pointed
from agent.planning.clause import (
    PLURAL,
    SINGULAR,
    SUBJECTS,
    Clause,
    Context,
    Pending,
    reference,
)
from agent.planning.coordination import completed
from agent.planning.counsel import held_good
from agent.planning.denied import without_denied
from agent.planning.discovery import there_is
from agent.planning.every import WHICH, changes_of_all
from agent.planning.exemplars import ONE_BY_ONE, Similarity
from agent.planning.followups import Last, follow_up
from agent.planning.guess import guessed
from agent.planning.lexicon import Lexicon
from agent.planning.made_words import as_made, named_again
from agent.planning.messages import Message, whole
from agent.planning.nearest import MOST_NEAR, Nearest
from agent.planning.outcome import Outcome, either, missing
from agent.planning.plan_talk import about_the_plan
from agent.planning.platform_words import in_our_words
from agent.planning.reads import outcome, readings
from agent.planning.replies import filled_in, replied
from agent.planning.scheduled import scheduled
from agent.planning.schemas import conform
from agent.planning.sentences import (
    ASKING,
    Segment,
    commands,
    deferred,
    imperative,
    introduces,
    negated,
    nominal,
    placed_once,
    presents,
    reported,
    segments,
    sentences,
)
from agent.planning.shaping import MOST_OF, shaped
from agent.planning.shares import MOST_READ
from agent.planning.slots import LATEST, Situation
from agent.planning.smalltalk import foreign, how_to, smalltalk
from agent.planning.spelling import corrected, well_spelt
from agent.planning.teaching import taught
from agent.planning.text import Token, span, tokenize, words
from agent.planning.types import Call, Card, Entity, Focus, Kind, Shape, Understanding
from agent.planning.unheeded import unheeded
from agent.planning.writes import created, write

ASKED, CHANGED = frozenset({"read"}), frozenset({"write", "destroy"})
ORDERED = ASKED | CHANGED
_VAGUE = words("query kind direction")
_LOOSE = words("catalog.search_assets search.unified catalog.list_assets")  # take what is left
_LIST = "catalog.list_assets"
_JUDGES, _REPORTS = "compliance.evaluate_compliance", "compliance.export_report"
_EVERY_ONE = re.compile(r"\b(?:all|every|each|bulk)\b", re.IGNORECASE)
_SHARED = words("asset source user")  # what two orders can have at their common end
_TELLING = words("labels without_labels")  # only filled where they are asked for together
_SCAN = "scan_logic.start_scan"
_OF_SCANS = ("scan_logic.get_scan_results", "scan_logic.get_scan", "scan_logic.compare_scans")
_SOUGHT = frozenset({"personal", "sensitive", "classify", "scan", "detect"})
_PLACES: frozenset[Kind] = frozenset({"source", "table", "view", "column"})
_LABELS: frozenset[Kind] = frozenset({"label", "label_group"})
_NEXT = {
    "assistant.recommendations": "What should I do next?",
    "compliance.list_findings": "Show the open findings",
}
KEPT = ("assistant.remember", "assistant.correct_memory")
MARGIN, DECISIVE = 0.05, 0.02  # of scores; of cosines
_FIELD = re.compile(
    r"\b(?:dependenc\w+|lineage|datasets?|tables?|columns?|schemas?|metadata|pipelines?|dq|dbt|stewards?|"
    r"governance|catalog|warehouse|lakehouse|dashboards?|metrics?|sql|data (?:quality|model|"
    r"product))\b"
)
_ABOUT = 0.5  # of likeness by meaning, for the same
_OURS = 0.45  # of likeness to an example, to be about data governance
_ASKS_WHEN = re.compile(r"when (did|do|does|is|was|were|will|are|has|have|should)\b")
_SEEKS = re.compile(
    r"(please )?((find|search|show|list|where|look|locate|which|browse)\b|(is|are) there|"
    r"(do|have) we)"
)
WEAKEST = 0.3  # confidence of a search for words that nothing else explains
RESEMBLING = 0.6  # of likeness, for a guess to be better than a search
_FINDS = re.compile(r"(please )?(find|search|where|look|locate|browse|show)\b")
MORE = 2  # words that may only name one thing more
OFTEN = ("catalog.get_asset", "catalog.list_owners", "compliance.get_posture")  # for want of nearer
MOST_SOUGHT = 4  # words; more is no search but a request that isn't understood
_LISTS = ("list_", "search", "find_", "who_can", "unified")
_REASONS = words("why how come so not what happened")
_CONDITIONS = frozenset({"if", "when", "whenever", "unless", "once", "until"})
_DOMAIN = frozenset(SUBJECTS) | {
    "personal", "sensitive", "classify", "compliance", "owner", "lineage", "tag", "scope",
    "description", "activity", "system", "gap", "detector", "governance",
}  # fmt: skip


def understand(
    text: str,
    lexicon: Lexicon,
    cards: Mapping[str, Card],
    focus: Focus,
    similarity: Similarity | None = None,
    today: date | None = None,
) -> Understanding:
    """What `text` asks for.

    Args:
        text: one message, as typed.
        lexicon: the names of what the caller may see.
        cards: the operations that the caller may use, by name; no other is ever called.
        focus: what the conversation was about.
        similarity: operations by how much their examples resemble a text, best first, as
            (operation, cosine); decides between readings that the grammar holds for equal.
        today: the caller's day, for "yesterday"; UTC's if not given.
    """
    day = today or datetime.now(UTC).date()

    def hear(words: str) -> Understanding:
        return _heard(words, lexicon, cards, replace(focus, asked=None), similarity, day)

    found = _heard(text, lexicon, cards, focus, similarity, day)
    clause = Clause(text, tokenize(text), lexicon)
    if (found.calls and not found.instead) or found.question:
        helps = bool(found.question) and found.slot == "label"  # lists what there is to choose
        open_ = not (focus.asked or found.honest or found.view or helps)
        open_ = open_ and found.question != WHICH
        told = unheeded(text, clause, found.calls, cards, day) if open_ else ()
        missed = " ".join(found.not_understood)
        told = (*found.unheeded, *(one for one in told if one not in missed))
        return replace(found, unheeded=told)
    quoted = [token.text for token in clause.tokens if token.form == "quote"]
    near = Nearest(cards, lexicon, _mentioned(clause), quoted, hear)
    situation = Situation(clause, Context(focus), day)
    if found.not_understood and found.smalltalk is None and not found.instead:
        likely = guessed(found, situation, cards, similarity, near)
        return likely or replace(found, nearest=near.of(OFTEN, MOST_NEAR))
    return _with_nearest(found, near, lambda: near.to(situation, similarity), cards)


def _with_nearest(
    found: Understanding,
    near: Nearest,
    resembling: Callable[[], list[str]],
    cards: Mapping[str, Card],
) -> Understanding:
    """The same with what can be done instead, where nothing of it can; as choices, if unclear."""
    if found.instead:
        return replace(found, nearest=near.of(found.instead, MOST_NEAR))
    if found.smalltalk == "help":
        return replace(found, nearest=near.of_each_group())
    if found.smalltalk == "how_to":
        return _explained(found, near, resembling(), cards)
    return found


ASK_ME = "You can ask me for it."
_HOW = re.compile(
    r"^.*?\bhow (?:do|can|could|would|should|does|to)(?: (?:i|we|you|one|someone|people))? ",
    re.I | re.S,
)


def _explained(
    found: Understanding, near: Nearest, alike: Sequence[str], cards: Mapping[str, Card]
) -> Understanding:
    """How something is done: what the operation does for it, and in which words it is asked for."""
    heard = near.hear(_HOW.sub("", found.heard).rstrip(" ?."))
    first = heard.calls[0].operation if heard.calls else heard.asks
    first = first or next((one for one in alike if cards[one].effect != "read"), None)
    told = f"{cards[first].summary.rstrip('.')}." if first else ""
    said = near.of([*([first] if first else []), *alike[:MOST_NEAR]], MOST_NEAR)
    if first is not None and cards[first].effect == "read":
        told, found = f"{told} {ASK_ME}", replace(found, smalltalk=None)
    return replace(found, nearest=said, told=told)


def _heard(
    text: str,
    lexicon: Lexicon,
    cards: Mapping[str, Card],
    focus: Focus,
    similarity: Similarity | None,
    day: date,
) -> Understanding:
    """What `text` asks for, without what could be done instead."""

    def hear(words: str) -> Understanding:
        return _heard(words, lexicon, cards, replace(focus, asked=None), similarity, day)

    of_plan = about_the_plan(text, cards, focus.plan)
    if of_plan is not None:
        return replace(of_plan, heard=text)
    strange = unknown_framework(text, lexicon)
    if strange is not None and "compliance.list_frameworks" in cards:
        names = ", ".join(lexicon.names("framework"))
        return Understanding(
            honest=f"I don't know {strange}: there is no such framework here. Known are: {names}.",
            instead=("compliance.list_frameworks", "compliance.import_framework"),
            heard=text,
        )
    advice = advised(text, cards, focus)
    teaches = taught(text, lexicon, cards, focus, hear) if advice is None else None
    if teaches is not None:
        return replace(teaches, heard=teaches.heard or text)
    if focus.asked is not None:
        reply = Situation(Clause(text, tokenize(text), lexicon), Context(focus), day)
        again = replied(reply.clause, focus.asked, cards, hear)
        again = again or filled_in(reply, focus.asked, cards)
        return again or hear(text)
    told = advice or whole(Message(text, lexicon, cards, focus, day, hear))
    if told is not None:
        return replace(told, heard=text)
    text, noted = in_our_words(text, lexicon)
    text, absent = placed(_sql_quoted(named_again(text)), lexicon)

    def plainly(words: str) -> Understanding:
        return _understood(words, lexicon, cards, focus, similarity, day)

    found = shaped(text, plainly, day) or plainly(text)
    found = there_is(text, found, cards) or found
    if found.question == ONE_BY_ONE or (not found.calls and _EVERY_ONE.search(text)):
        found = changes_of_all(text, found, cards, plainly) or found
    situation = Situation(Clause(text, tokenize(text), lexicon), Context(focus), day)
    counsel = held_good(found, situation, cards)
    if counsel is not None:
        return replace(counsel, heard=text, absent=absent)
    cannot = _wished(text, found, lexicon, plainly)
    if cannot is not None:
        return cannot
    lead = found.told or (noted if found.calls else "")
    found = replace(found, heard=found.heard or text, absent=absent, told=lead)
    which = pointed(found, text, lexicon, focus, cards)
    if which is not None:
        return replace(which, heard=text)

    def otherwise(others: Mapping[str, Card]) -> Understanding:
        again = _understood(text, lexicon, others, focus, similarity, day)
        return chosen_from(replace(again, heard=text), lexicon, others, focus)

    asked = chosen_from(found, lexicon, cards, focus)
    return replace(_believed(asked, text, cards, otherwise), absent=absent)


def _wished(
    text: str, found: Understanding, lexicon: Lexicon, plainly: Callable[[str], Understanding]
) -> Understanding | None:
    """What can't be done of a text that nothing explains, or only a search for its words."""
    cannot = wish(_nameless(text, lexicon))
    if cannot is None or found.smalltalk is not None:
        return None
    searched = [one.operation for one in found.calls] == ["search.unified"]
    surely = bool(found.calls) and not (searched and found.calls[0].confidence <= WEAKEST)
    if (surely and not cannot.opens(text)) or (found.asks and cannot.yields(found.asks)):
        return None
    seen = cannot.request(text)
    calls = plainly(seen).calls if seen else ()
    return Understanding(calls, honest=cannot.answer, instead=cannot.instead)


def _believed(
    asked: Understanding,
    text: str,
    cards: Mapping[str, Card],
    otherwise: Callable[[Mapping[str, Card]], Understanding],
) -> Understanding:
    """What was heard; where it asks about a name that is none, what else the text may come to.

    Args:
        otherwise: what the text comes to with these operations alone.
    """
    about = cards.get(asked.asks or "")
    if about is None or about.effect != "read" or not implausible(asked, text):
        return asked
    again = otherwise({name: card for name, card in cards.items() if name != asked.asks})
    clear = again.calls and again.calls[0].confidence > WEAKEST
    if clear and again.question is None and not again.not_understood:
        return replace(again, told=asked.told)
    return Understanding(not_understood=(text,), heard=text)


def _nameless(text: str, lexicon: Lexicon) -> str:
    """A request without what it names: a table of tickets is no ticket."""
    tokens = tokenize(text)
    named = [
        m for m in Clause(text, tokens, lexicon).mentions if not m.weak and (not m.plain or m.noun)
    ]
    where = frozenset(i for m in named for i in range(m.start, m.end))
    return " ".join(token.text for i, token in enumerate(tokens) if i not in where)


_SQL = re.compile(
    r"(?<![`\"'])\b(SELECT\s.+?\sFROM\s|INSERT\s+INTO\s|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW)\s+\S+\s+AS|"
    r"MERGE\s+INTO\s|UPDATE\s+\S+\s+SET\s)[^`]*$",
    re.DOTALL,
)


def _sql_quoted(text: str) -> str:
    """A statement in a message as a literal, so that its words ask for nothing."""
    return _SQL.sub(lambda found: f"`{found.group().rstrip()}`", text) if "`" not in text else text


def _understood(
    text: str,
    lexicon: Lexicon,
    cards: Mapping[str, Card],
    focus: Focus,
    similarity: Similarity | None,
    day: date,
) -> Understanding:
    tokens = placed_once(tokenize(text))
    said = " ".join(t.word for t in tokens if t.form != "mark")
    kind = None if focus.entities and said == "what is this" else smalltalk(said)
    if kind is not None:
        return Understanding(smalltalk=kind)
    repeated = scheduled(
        text, cards, lambda rest: _understood(rest, lexicon, cards, focus, similarity, day)
    )
    if repeated is not None:
        return repeated
    turn = _Turn(text, lexicon, cards, Context(focus), focus, similarity, day)
    spoken = corrected(tokens[: reported(tokens)], lexicon)
    parts = sentences(spoken)
    if len(spoken) < len(tokens) and parts and introduces(parts[-1]):
        parts.pop()  # "A note says:" only opens what it reports
    for sentence in parts:
        if len(parts) == 1 or not presents(sentence):
            turn.read(sentence)
    return turn.result(tokens)


def _mentioned(clause: Clause) -> tuple[Entity, ...]:
    """What a clause surely names, though nothing is to be done with it."""
    told = [m.matches for m in clause.mentions if not m.weak and len(m.matches) == 1]
    return tuple(found[0].entity for found in told)


def _part_of(again: Mapping[str, object], said: Mapping[str, object]) -> bool:
    """Whether a change is asked for again, with less: "… is no address, so reject it"."""
    return bool(again) and again.items() <= said.items()


@dataclass
class _Turn:
    """One message being understood, clause by clause."""

    text: str
    lexicon: Lexicon
    cards: Mapping[str, Card]
    context: Context
    focus: Focus
    similarity: Similarity | None
    today: date
    calls: list[Call] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    question: str | None = None
    asks: str | None = None
    doubt: str = ""
    slot: str = ""
    given: Mapping[str, object] | None = None
    options: tuple[str, ...] = ()
    explain: bool = False

    def read(self, sentence: Sequence[Token]) -> None:
        """Cut a sentence where both sides make sense, and take in each part."""
        opening = imperative(sentence)[:1]
        whole = bool(opening) and opening[0].word == "before"  # "before I drop X, tell me …"
        stretches = [Segment(tuple(sentence), ())] if whole else segments(sentence)
        conditional = (
            bool(opening)
            and opening[0].word in _CONDITIONS
            and len(stretches) > 1
            and not _ASKS_WHEN.match(" ".join(t.word for t in stretches[0].tokens))
        )
        current = stretches[0]
        for i, following in enumerate(stretches[1:], start=1):
            here = self.outcome(current, conditional)
            if self._goes_on(current, following, here, conditional):
                pass
            elif self._stands(current, here):
                calls, recent, listed = (
                    len(self.calls),
                    list(self.context.recent),
                    self.context.listed,
                )
                self.take(here, current)
                if self._stands(following, self.outcome(following, conditional)) or (
                    i + 1 < len(stretches)
                    and self._stands(stretches[i + 1], self.outcome(stretches[i + 1], conditional))
                    and commands(imperative(following.tokens))
                ):
                    current = following
                    continue
                del self.calls[calls:]
                self.context.recent, self.context.listed = recent, listed
            elif commands(imperative(following.tokens)):
                self.take(here, current)
                current = following
                continue
            current = Segment(current.tokens + following.joined + following.tokens, current.joined)
        self.take(self.outcome(current, conditional), current)

    def _goes_on(
        self, current: Segment, following: Segment, here: Outcome, conditional: bool
    ) -> bool:
        """Whether a bare noun behind a change is one more of what it takes: "… and labels"."""
        card = self.cards.get(here.operation or "")
        if card is None or card.effect == "read" or not here.calls or len(following.tokens) > MORE:
            return False
        if commands(imperative(following.tokens)):
            return False
        tokens = current.tokens + following.joined + following.tokens
        whole = self.outcome(Segment(tokens, current.joined), conditional)
        return whole.operation == here.operation and bool(whole.calls) and whole.calls != here.calls

    def _stands(self, segment: Segment, outcome: Outcome) -> bool:
        """Whether a stretch makes sense alone, if only as a command that can't be carried out."""
        clause = imperative(segment.tokens)
        return outcome.fits or negated(clause) or (len(clause) > 1 and commands(clause))

    def outcome(self, segment: Segment, conditional: bool) -> Outcome:
        """What one stretch comes to as a whole, after what was taken in before it."""

        def read(tokens: Sequence[Token]) -> Outcome:
            return self._outcome(Segment(tuple(tokens), segment.joined), conditional)

        found = read(segment.tokens)
        card = self.cards.get(found.operation or "")
        if card is None or (card.effect == "read" and not found.left):
            return found
        clause = Clause(self.text, segment.tokens, self.lexicon)
        changes = card.effect != "read"
        return completed(segment.tokens, clause, found, read, changes=changes)

    def _outcome(self, segment: Segment, conditional: bool) -> Outcome:
        """What one stretch comes to by itself."""
        tokens = imperative(segment.tokens)
        whole = tuple(t for t in segment.tokens)
        clause = Clause(self.text, whole, self.lexicon)
        rest = Outcome(left=(clause.text,))
        if negated(tokens):  # what is not to be done is heeded, and what it names is known
            return Outcome(about=_mentioned(clause))
        if not tokens or (conditional and tokens[0].word in _CONDITIONS):
            return rest
        desk = Desk(self.text, self.lexicon, self.cards, self.context, self.today)
        change = None if nominal(tokens) else write(tokens, desk)
        if change is not None:
            names = [value for call in change.calls for value in call.values()]
            kept = change.operation in KEPT or self._expires(change)  # its words are kept
            blocked = conditional or (
                not kept and deferred([t for t in tokens if t.text not in names])
            )
            if change.calls:
                return rest if blocked else change
        situation = Situation(clause, self.context, self.today)
        new = self._new_source()
        asks = change is None or not change.calls
        if asks and new and not conditional and self._looks_through(clause):
            return Outcome(_SCAN, ({"source": new.value},), 6.0, (new,))
        if change is None and not conditional and self._asks_of_scan(clause):
            return Outcome(_OF_SCANS[0], ({"scan": LATEST},), 6.0)
        if change is not None:
            told = None if conditional else self._whole(change, situation)
            return told or (rest if blocked else change)
        pointed = self._points_at_nothing(tokens)
        if pointed is not None:
            return pointed
        if commands(tokens) or how_to(" ".join(t.word for t in tokens)):
            self.explain = self.explain or not commands(tokens)
            if not commands(tokens) or conditional:
                return rest
            return self._told(situation, ORDERED, ordered=True) or rest
        if not nominal(tokens) and not conditional and tokens[0].word not in ASKING:
            told = self._told(situation, CHANGED)
            if told is not None:
                return told
        asked = self._asked(situation, segment)
        return without_denied(asked, clause) if asked is not None else rest

    def _points_at_nothing(self, tokens: Sequence[Token]) -> Outcome | None:
        """The question to "Fix it" where nothing was spoken of that "it" could be."""
        said = [t for t in tokens if t.form != "mark"]
        known = self.context.near or self.context.recent or self.focus.last_operation
        if known or len(said) != 2 or said[1].word not in SINGULAR | PLURAL or not commands(said):
            return None
        options = tuple(one for name, one in _NEXT.items() if name in self.cards)
        return Outcome(question=f"What do you mean by “{said[1].text}”? Name it.", options=options)

    def _asked(self, situation: Situation, segment: Segment) -> Outcome | None:
        """The question that a stretch puts: a follow-up, by the grammar, or as an example does."""
        linked = frozenset(t.word for t in segment.joined)
        follow = follow_up(situation, self._last(), linked, self.cards)
        if follow is None and self._asks_no_more(imperative(segment.tokens)):
            return None
        asked = self._of_those(situation, follow or self._best(situation))
        alike = self._told(situation, ASKED) if follow is None else None
        if alike is not None and (asked is None or self._says_more(situation, alike, asked)):
            return alike
        return asked

    def _asks_no_more(self, tokens: Sequence[Token]) -> bool:
        """Whether "…, and why?" asks for what its sentence has asked for already."""
        return bool(self.calls) and {t.word for t in tokens if t.form != "mark"} <= _REASONS

    def _expires(self, change: Outcome) -> bool:
        """Whether "until …" is a part of the change, and nothing that it waits for."""
        taken = self.cards[change.operation or ""].parameters.get("properties", {})
        return not change.calls and any(name.startswith("expires") for name in taken)

    def _new_source(self) -> Pending | None:
        """The source that this message has just registered."""
        last = self.context.recent[-1] if self.context.recent else None
        return last if isinstance(last, Pending) and last.kind == "source" else None

    def _looks_through(self, clause: Clause) -> bool:
        """Whether a clause wants to know what sensitive data such a source holds."""
        others = [m for m in clause.mentions if not m.weak and m.worth(_PLACES)]
        spoken = bool(_SOUGHT & clause.concepts.keys()) or any(
            not m.weak and m.worth(_LABELS) for m in clause.mentions
        )
        return spoken and not others and _SCAN in self.cards

    def _asks_of_scan(self, clause: Clause) -> bool:
        """Whether a clause asks what a scan of this message finds."""
        planned = any(call.operation == _SCAN for call in self.calls)
        named = any(not m.weak for m in clause.mentions)
        return planned and not named and "result" in clause.concepts and _OF_SCANS[0] in self.cards

    def _told(
        self, situation: Situation, effects: frozenset[str], *, ordered: bool = False
    ) -> Outcome | None:
        """What a clause asks for by the words or the meaning of an operation's examples."""
        return exemplars.read(
            situation, self.cards, effects, ordered=ordered, similarity=self.similarity
        )

    def _whole(self, change: Outcome, situation: Situation) -> Outcome | None:
        """The change that a clause asks for whole, where a frame only fits it with a question."""
        told = self._told(situation, CHANGED, ordered=True)
        return told if told is not None and told.calls and not change.options else None

    def _says_more(self, situation: Situation, alike: Outcome, asked: Outcome) -> bool:
        """Whether a sentence is an example nearly word for word, and all that it names is used."""
        if alike.operation == asked.operation:
            both = alike.calls[:1] + asked.calls[:1]
            return len(both) > 1 and both[1].items() < both[0].items()
        if alike.calls and alike.score >= 6 * exemplars.SAME:
            meant = exemplars.meanings(situation, self.similarity)
            best, other = meant.get(alike.operation or ""), meant.get(asked.operation or "", 0.0)
            if best is not None and best >= max(exemplars.SAME, other + exemplars.FAR):
                return True
        surely = alike.score >= 6 * exemplars.EXACT
        if not alike.calls:
            weak = asked.question is not None or asked.left or asked.operation in _LOOSE
            return surely and bool(weak)
        vague = _VAGUE | {"since", "until"} if surely else _VAGUE
        used = [one for one in asked.calls[0] if one not in vague] if asked.calls else []
        if len(alike.calls[0]) < len(used) or _TELLING & set(used):
            return False
        if asked.question is None and (asked.left or asked.operation in _LOOSE):
            lists = asked.operation == _LIST and not asked.left
            whole = lists and alike.calls[0].items() <= asked.calls[0].items()
            return not whole or alike.score >= 6 * exemplars.SAME
        return surely

    def _of_those(self, situation: Situation, asked: Outcome | None) -> Outcome | None:
        """What is asked of what this message's own list will hold, asked of where it is listed."""
        back = reference(situation.clause.tokens)
        if asked is None or asked.question is None or not (self.context.listed and back):
            return asked
        taken = self.cards[asked.operation or ""].parameters.get("properties", {})
        where = {k: v for k, v in self.calls[-1].arguments.items() if k in ("source", "asset")}
        if not where or not set(where) <= taken.keys():
            return asked
        return Outcome(asked.operation, (where,), asked.score)

    def _best(self, situation: Situation) -> Outcome | None:
        """The best reading; between two that weigh the same, similarity decides or a question."""
        found = readings(situation, self.cards)
        if not found:
            return None
        best, rivals = found[0], {r.intent.operation: r for r in reversed(found)
                                  if r.score > found[0].score - MARGIN}  # fmt: skip
        if len(rivals) > 1:
            ranks = dict(self.similarity(situation.clause.text)) if self.similarity else {}
            first, second = sorted(rivals, key=lambda name: -ranks.get(name, 0.0))[:2]
            if ranks.get(first, 0.0) - ranks.get(second, 0.0) < DECISIVE:
                return either(self.cards[first].summary, self.cards[second].summary)
            best = rivals[first]
        return outcome(best, situation.clause)

    def _last(self) -> Last | None:
        if self.calls:
            return Last(self.calls[-1].operation, self.calls[-1].arguments)
        if self.focus.last_operation is None:
            return None
        focus = self.focus
        return Last(focus.last_operation or "", focus.last_arguments, focus.cursor)

    def take(self, found: Outcome, segment: Segment) -> None:
        """Add what a clause came to."""
        found = self._dated(found)
        self.left.extend(found.left)
        if found.question is not None and self.question is None:
            self.question, self.options = found.question, found.options
            self.asks, self.doubt, self.slot = found.operation, found.doubt, found.slot
            self.given = found.given
        operation = found.operation or ""
        self._shared_end(found)
        if found.calls and self._waits(operation, found.calls[0]):
            self.later.append(span(self.text, segment.tokens))
            self._discover(found.calls[0])
            return
        last = self.calls[-1].operation if self.calls else None
        if operation == last and found.calls == ({},) and reference(segment.tokens) is not None:
            return  # "… and who made them" is told with what was asked for
        shape = Shape(but=found.but) if found.but else None
        but = any(token.word == "but" for token in segment.joined) and found.calls
        if operation == last and but and self.calls[-1].arguments.items() < found.calls[0].items():
            self.calls.pop()  # "… without a description but with an owner" is one list
        for arguments in found.calls:
            if operation == _SCAN:
                self._discover(arguments)
            self._call(operation, arguments, min(1.0, found.score / 6), shape)
        self.context.recent.extend(found.about)
        if found.calls:
            verb = operation.split(".")[-1]
            self.context.listed = verb.startswith(_LISTS)
            new = created(operation, len(self.calls) - 1, self.calls[-1].arguments)
            if new is not None:
                self.context.recent.append(new)

    def _shared_end(self, found: Outcome) -> None:
        """Answer what was asked for before by an ending that it shares: "… and … to orders"."""
        card, given = self.cards.get(self.asks or ""), self.given
        if card is None or given is None or card.effect == "read" or self.slot not in _SHARED:
            return
        ends = [call[self.slot] for call in found.calls if self.slot in call]
        if not ends or self.cards[found.operation or ""].effect == "read":
            return
        for end in ends:
            self._call(card.name, {**given, self.slot: end}, 1.0)
        self.question = self.asks = self.given = None
        self.options, self.slot, self.doubt = (), "", ""

    def _waits(self, operation: str, arguments: Mapping[str, object]) -> bool:
        """Whether a read is about what only a change of this message brings about."""
        if self.cards[operation].effect != "read":
            return False
        new = any(isinstance(value, dict) and "$ref" in value for value in arguments.values())
        scans = any(call.operation == _SCAN for call in self.calls)
        return new or (scans and operation in _OF_SCANS)

    def _dated(self, found: Outcome) -> Outcome:
        """A question instead of "latest", for an operation whose schema doesn't speak of it."""
        operation = found.operation or ""
        for arguments in found.calls:
            properties = self.cards[operation].parameters.get("properties", {})
            for name, given in arguments.items():
                if given == LATEST and LATEST not in properties.get(name, {}).get(
                    "description", ""
                ):
                    return missing(operation, name)
        return found

    def _discover(self, arguments: Mapping[str, object]) -> None:
        """A source registered in this message has to be discovered before it can be scanned."""
        source, operation = arguments.get("source"), "data_sources.discover_assets"
        known = any(
            c.operation == operation and c.arguments["source"] == source for c in self.calls
        )
        if isinstance(source, dict) and not known and operation in self.cards:
            self._call(operation, {"source": source}, 1.0)

    def _call(
        self,
        operation: str,
        arguments: Mapping[str, object],
        confidence: float,
        shape: Shape | None = None,
    ) -> None:
        fitted = conform(arguments, self.cards[operation].parameters)
        if shape is not None and "limit" in self.cards[operation].parameters.get("properties", {}):
            fitted["limit"] = MOST_OF.get(operation, MOST_READ)
        if self.calls and operation in _LOOSE and not fitted:
            return  # "… and show its document" is no list of everything
        same = (one.arguments for one in self.calls if one.operation == operation)
        changes = self.cards[operation].effect != "read"
        if any(fitted == said or (changes and _part_of(fitted, said)) for said in same):
            return  # said twice, or a reason asked for that the answer gives anyhow
        fitted = self._of_what_was_judged(operation, fitted)
        fitted, made = as_made(fitted, self.calls)
        needs = tuple(sorted({*self._needs(operation, arguments), *made}))
        self.calls.append(Call(operation, fitted, needs, round(confidence, 2), shape))

    def _of_what_was_judged(
        self, operation: str, arguments: dict[str, object]
    ) -> dict[str, object]:
        """A report of what this message has just had evaluated, where it names nothing else."""
        judged = next((one for one in self.calls if one.operation == _JUDGES), None)
        if operation != _REPORTS or judged is None or arguments.keys() & {"framework", "source"}:
            return arguments
        return {**judged.arguments, **arguments}

    def _needs(self, operation: str, arguments: Mapping[str, object]) -> tuple[int, ...]:
        """The earlier calls whose result this one uses, or whose change must come first."""
        own = [value for value in arguments.values() if not isinstance(value, bool)]
        changes = self.cards[operation].effect != "read"
        needs = []
        for i, call in enumerate(self.calls):
            refers = any(isinstance(v, dict) and v.get("$ref") == f"{i}.id" for v in own)
            shares = any(value in own for value in call.arguments.values())
            if refers or (changes and shares and self.cards[call.operation].effect != "read"):
                needs.append(i)
        return tuple(needs)

    def result(self, tokens: Sequence[Token]) -> Understanding:
        """Everything taken in."""
        if self.calls or self.question is not None:
            left = tuple(dict.fromkeys(self.left))
            return Understanding(
                tuple(self.calls),
                left,
                self.question,
                self.asks,
                self.options,
                doubt=self.doubt,
                slot=self.slot,
                given=None if self.calls or left else self.given,
                about=self.context.named,
                later=tuple(self.later),
            )
        clause = Clause(self.text, tokens, self.lexicon)
        told = exemplars.exemplars(self.cards).matches(features.of(tokens, {}))
        ours = (
            reported(tokens) < len(tokens)
            or bool(_DOMAIN & clause.concepts.keys())
            or any(not m.weak and m.matches[0].score >= 0.7 for m in clause.mentions)
        )
        alike = bool(told) and told[0].score >= _OURS
        ours = ours or bool(_FIELD.search(clause.text.lower())) or self._means_ours(clause)
        if self.explain and (ours or alike):
            return Understanding(smalltalk="how_to")
        said = " ".join(t.word for t in tokens)
        ordered = any(commands(imperative(s)) for s in sentences(tokens))
        searched = None if self._resembles(clause, said) else self._searched(tokens, said)
        if searched is not None:
            return searched
        worded = any(well_spelt(token) for token in tokens)
        if not ours and worded and (foreign(said) or not ordered) and len(tokens) > 2:
            return Understanding(
                not_understood=(span(self.text, tokens),), smalltalk="out_of_scope"
            )
        left = tuple(dict.fromkeys(self.left)) or (span(self.text, tokens),)
        return Understanding(not_understood=left)

    def _means_ours(self, clause: Clause) -> bool:
        """Whether a message means nearly what some operation is for."""
        found = exemplars.meanings(Situation(clause, self.context, self.today), self.similarity)
        return max(found.values(), default=0.0) >= _ABOUT

    def _resembles(self, clause: Clause, said: str) -> bool:
        """Whether a question means nearly what an operation is for, so that it is no search."""
        if _FINDS.match(said):
            return False
        found = exemplars.meanings(Situation(clause, self.context, self.today), self.similarity)
        near = (name for name, score in found.items() if score >= RESEMBLING)
        return any(self.cards[name].effect == "read" and name not in _LOOSE for name in near)

    def _searched(self, tokens: Sequence[Token], said: str) -> Understanding | None:
        """A search for what is to be shown, where nothing tells what kind of thing it is."""
        content = Clause(self.text, tokens, self.lexicon).content
        query = " ".join(t.text for i, t in enumerate(tokens) if i in content)
        several = any(t.word in (",", "and") for t in tokens) or reported(tokens) < len(tokens)
        asks = bool(_SEEKS.match(said)) and not foreign(said) and not several
        if not asks or not 0 < len(content) <= MOST_SOUGHT or "search.unified" not in self.cards:
            return None
        return Understanding((Call("search.unified", {"query": query}, (), WEAKEST),))
