"""A run in the log format of Inspect (`inspect_ai`'s EvalLog, version 2), for its viewer. Pure."""

from __future__ import annotations

import json
from typing import Any

from evals.records import Attempt, Heard, Run
from evals.scores import rates
from evals.statistics import bootstrap

VALUE = {True: "C", False: "I", None: "N"}


def inspect_log(run: Run) -> dict[str, Any]:
    """The log: a sample for every case and an epoch for every repeat."""
    suites = list(dict.fromkeys(one.suite for one in run.attempts))
    samples = list(dict.fromkeys(one.case for one in run.attempts))
    shares = list(rates(run.attempts).values())
    mean = sum(shares) / len(shares) if shares else 0.0
    low, high = bootstrap(shares) if shares else (0.0, 0.0)
    metrics = {"accuracy": mean, "stderr": (high - low) / (2 * 1.959964)}
    task = "racine/" + ("+".join(suites) if len(suites) < 4 else "all")
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": run.id,
            "run_id": run.id,
            "created": run.started_at,
            "task": task,
            "task_id": run.id,
            "task_version": 0,
            "task_args": {},
            "dataset": {"name": task, "samples": len(samples), "sample_ids": samples},
            "model": _model(run),
            "model_base_url": run.url,
            "model_args": {},
            "config": {"epochs": run.repeat, "max_samples": run.parallel},
            "packages": {},
            "metadata": {"suites": suites, "judge": run.judge, "unread": run.unread},
        },
        "plan": {"name": "plan", "steps": [], "config": {}},
        "results": {
            "total_samples": len(run.attempts),
            "completed_samples": len(run.attempts),
            "scores": [
                {
                    "name": "passed",
                    "scorer": "passed",
                    "params": {},
                    "metrics": {
                        name: {"name": name, "value": value, "params": {}}
                        for name, value in metrics.items()
                    },
                }
            ],
        },
        "stats": {
            "started_at": run.started_at,
            "completed_at": run.started_at,
            "model_usage": {_model(run): _usage(sum(one.tokens for one in run.attempts))},
        },
        "samples": [_sample(one, run) for one in run.attempts],
    }


def _model(run: Run) -> str:
    return f"racine/{run.model.replace('/', '-') or 'unknown'}"


def _usage(tokens: int) -> dict[str, Any]:
    return {"input_tokens": 0, "output_tokens": tokens, "total_tokens": tokens}


def _sample(tried: Attempt, run: Run) -> dict[str, Any]:
    messages = [one for n, heard in enumerate(tried.turns) for one in _messages(tried, n, heard)]
    answer = tried.turns[-1].text if tried.turns else ""
    why = "; ".join(f"{v.grader}: {v.why}" for v in tried.failures)
    return {
        "id": tried.case,
        "epoch": tried.repeat,
        "input": tried.turns[0].said if tried.turns else tried.case,
        "target": "",
        "messages": messages,
        "output": {
            "model": _model(run),
            "choices": [
                {
                    "message": {"role": "assistant", "content": answer, "source": "generate"},
                    "stop_reason": "stop",
                }
            ],
            "usage": _usage(tried.tokens),
            "time": tried.seconds,
        },
        "scores": {
            "passed": {
                "value": VALUE[tried.passed],
                "answer": answer,
                "explanation": why or "every grader passed",
                "metadata": {
                    "verdicts": [verdict.model_dump(mode="json") for verdict in tried.verdicts]
                },
            }
        },
        "metadata": {"suite": tried.suite, "kind": tried.kind, "group": tried.group},
        "store": {},
        "events": [],
        "model_usage": {_model(run): _usage(tried.tokens)},
        "total_time": tried.seconds,
        "working_time": tried.seconds,
        "attachments": {},
    }


def _messages(tried: Attempt, turn: int, heard: Heard) -> list[dict[str, Any]]:
    """What was said in a turn, as Inspect's chat messages."""
    messages: list[dict[str, Any]] = [{"role": "user", "content": heard.said, "source": "input"}]
    calls = [
        {
            "id": f"{tried.case}-{turn}-{number}",
            "function": call.operation,
            "arguments": call.arguments,
            "type": "function",
        }
        for number, call in enumerate(heard.calls)
    ]
    if calls:
        messages.append(
            {"role": "assistant", "content": "", "tool_calls": calls, "source": "generate"}
        )
    messages += [
        {
            "role": "tool",
            "content": made.result,
            "tool_call_id": call["id"],
            "function": made.operation,
        }
        for call, made in zip(calls, heard.calls, strict=True)
    ]
    told = heard.text or json.dumps(heard.result, ensure_ascii=False)
    messages.append({"role": "assistant", "content": told, "source": "generate"})
    if heard.done:
        messages.append({"role": "user", "content": "I approve the plan."})
        messages.append({"role": "assistant", "content": heard.done, "source": "generate"})
    return messages
