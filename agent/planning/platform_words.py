"""Words of other platforms for what goes by another name here: "monitors" are quality checks.

Only in questions: a request for a change keeps its words. A word that names something here is that
thing. Each exchange is told, so that who asked knows what was answered.
"""

from __future__ import annotations

import re

from agent.planning.lexicon import Lexicon
from agent.planning.sentences import commands, imperative
from agent.planning.text import parts, tokenize

_BROKEN = (
    r"(?:are |is |were |have |has |currently |recently )*"
    r"(?:broken|failing|failed|red|errored|stuck|down)"
)
# What is asked for, what it is asked for as, and how that is told.
_TABLE: tuple[tuple[str, str, str], ...] = (
    (rf"(?:airflow )?(?:dags?|jobs?|etls?|elts?|data loads?|tasks? runs?|pipeline runs?|dag runs?|"
     rf"job runs?|flows?) (?:that |which )?{_BROKEN}",
     "executions failed", "What runs here are executions of workflows and pipelines"),
    (r"(?:failing|failed|broken) (?:airflow )?(?:dags?|etls?|data loads?|dag runs?|job runs?|"
     r"pipeline runs?|flows?)",
     "failed executions", "What runs here are executions of workflows and pipelines"),
    (r"(?:airflow )?dags?|etl (?:jobs?|pipelines?|flows?)|data factor(?:y|ies)",
     "pipelines", "DAGs and jobs are pipelines here, if they run here or send their runs"),
    (r"(?:data |quality |custom |volume |freshness |field |schema |metric |sql )?monitors",
     "quality checks", "Monitors are quality checks here"),
    (r"(?:great )?expectations(?= (?:are|that|which|fail|defined|on|for|in|of)\b)|"
     r"(?:data |dbt |unit |schema |singular |generic )tests|validations(?= (?:are|that|fail|on|"
     r"for)\b)",
     "quality checks", "Tests of data are quality checks here"),
    (r"(?:open |active |unresolved |current )?(?:data |data quality |quality )?incidents(?! of )",
     "open findings", "I keep no incidents; what is open here are findings"),
    (r"(?:active |open |recent |current |latest |data |quality )+alerts",
     "open findings", "I send no alerts; what is open here are findings"),
    (r"(?:data )?(?:slas?|slos?)(?! (?:mean|stand))",
     "data contracts", "What data is promised to be stands in its data contract here"),
    (r"notebooks|workbooks|worksheets|looker looks|bi (?:reports|assets)|power ?bi reports|"
     r"tableau reports", "dashboards", "Made of data in other tools, as dashboards are, these are "
     "known here where they are registered"),
    (r"kpis", "metrics", "KPIs are metrics here"),
    (r"dbt models|(?:data )?models(?= (?:feed|depend|use|read|are|have|that|which|in|with|"
     r"without)\b)",
     "tables", "Models are tables and views here"),
    (r"(?:critical data elements|cdes)", "columns tagged critical", "Critical elements are told by "
     "a tag here"),
    (r"service principals|technical users|bots|machine users", "service accounts",
     "Such users are service accounts here"),
    (r"(?:ad |user |security |idp )groups", "teams", "Groups of people are teams here"),
    (r"(?:data )?sources (?:that |which )?(?:are )?(?:stale|outdated|out of date)|"
     r"(?:stale|outdated) (?:data )?sources",
     "sources were scanned longest ago", "How old a source's picture is, its last scan tells"),
    (r"(?:tables|datasets|data|assets) (?:that |which )?(?:are |is )?(?:stale|outdated|out of date|"
     r"not fresh)|(?:stale|outdated) (?:tables|datasets|data|assets)",
     "quality checks", "How fresh rows are is known by freshness checks alone"),
    (r"(?:connections|connectors|data ?sources|sources|databases) (?:that |which )?(?:are |is )?"
     r"(?:currently )?(?:failing|broken|down|offline|not working|not responding|unhealthy)|"
     r"(?:failing|broken|failed) (?:connections|connectors|data ?sources|sources|databases)",
     "unreachable sources", "Whether a source answers is what is known of its connection"),
    (r"what data (?:do|can) you (?:have(?: access to)?|see|access|know(?: about| of)?)",
     "which data sources are there", "I see what is registered here, as far as you may see it"),
    (r"high(?:ly)?[- ]sensitiv(?:e|ity)(?: pii)?(?: tags?| labels?| data)?", "confidential data",
     "Highly sensitive is what is confidential or restricted here"),
    (r"what(?:['’]s| is| are)?(?: being)? monitored(?:,? (?:and|vs|versus|or) (?:what(?:['’]s| "
     r"is)? )?"
     r"not(?: monitored)?)?", "which tables are without quality checks", "Monitored is what has "
     "quality checks here; these have none"),
    (r"(?:tagged|marked|flagged)(?: as| with)? (confidential|restricted|internal|public)\b",
     r"\1", "That is told by the labels' sensitivity here"),
    (r"(?:un|not |least )monitored", "without quality checks", "Monitored is what has quality "
     "checks here"),
    (r"(?:metadata )?(?:crawlers?|ingestion (?:runs?|jobs?|pipelines?)|crawls)", "scans",
     "What reads sources here are discoveries and scans"),
    (r"(?:subject areas|data communities|communities|business units)(?= (?:are|do|have|that|in)\b)",
     "domains", "Parts of the business are domains here"),
)  # fmt: skip
_WORDS = tuple((re.compile(rf"\b(?:{one})\b", re.IGNORECASE), ours, told)
               for one, ours, told in _TABLE)  # fmt: skip


_PLACE = re.compile(
    r"\b(?P<the>the |our )?(?P<name>[\w-]+) (?:schema|warehouse|lakehouse|instance|catalog)\b", re.I
)


def _source(place: re.Match[str], lexicon: Lexicon) -> str:
    """The crm warehouse, the crm schema: the source of that name, if there is one."""
    kinds = {match.entity.kind for match in lexicon.named(parts(place["name"]))}
    return f"{place['the'] or ''}{place['name']}" if kinds == {"source"} else place.group()


def in_our_words(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """A question in the words of this product, and what was exchanged, as a sentence."""
    text = re.sub(r"\bvs\.", "vs", text)
    text = _PLACE.sub(lambda place: _source(place, lexicon), text)
    theirs = any(pattern.search(text) for pattern, _, _ in _WORDS)
    if not theirs or commands(imperative(tokenize(text))):
        return text, ""
    said: list[str] = []
    for pattern, ours, told in _WORDS:
        found = pattern.search(text)
        if found is None or lexicon.named(parts(found.group())):
            continue
        text = f"{text[: found.start()]}{found.expand(ours)}{text[found.end() :]}"
        said.append(f"{told}.")
    return text, " ".join(dict.fromkeys(said))
