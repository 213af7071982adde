"""What can go wrong between the assistant and its language model, as errors that say the next move.

`unavailable` maps every error of the `openai` package to `ModelUnavailable`; nothing else of that
package leaves the model. A provider's own sentences are never repeated, because they echo keys and
prompts: only its short codes are.
"""

from __future__ import annotations

import re
from typing import Final

from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError, OpenAIError

from tools.errors import TryLater

_KEY: Final = re.compile(r"[!-~]+")
_CODE: Final = re.compile(r"[\w.\-\[\]]{1,80}")


class ModelUnavailable(TryLater):
    """The language model gave no answer; `problem_code` says which of the ways it was."""

    code = "model_unavailable"


class ModelInterrupted(TryLater):
    """The answer broke off midway; what was streamed of it is not the whole answer."""

    code = "model_interrupted"


def unavailable(error: OpenAIError, model: str, endpoint: str) -> ModelUnavailable:
    """The error to show for `error`; `endpoint` is the host and port, without credentials."""
    match error:
        case APITimeoutError():
            return ModelUnavailable(
                f"The model's endpoint {endpoint} did not answer in time.",
                "Try again, or set a longer timeout.",
                code="model_timed_out",
            )
        case APIConnectionError():
            return ModelUnavailable(
                f"The model's endpoint {endpoint} can't be reached.",
                "Check OPENAI_BASE_URL and that the endpoint is running, then try again.",
                code="model_unreachable",
            )
        case APIStatusError():
            return _refused(error, model, endpoint)
        case _:
            return ModelUnavailable(
                f"The request to {endpoint} failed ({type(error).__name__}).",
                "Try again; if it lasts, look at the endpoint's status.",
                code="model_failed",
            )


def misconfigured(key: str | None, host: str) -> ModelUnavailable | None:
    """The error of a key or base URL that no request can be made with, or None."""
    if not key:
        return ModelUnavailable(
            "No API key for the language model is set.",
            "Set OPENAI_API_KEY (any word will do for an endpoint that asks for none), "
            "or RACINE_MODEL=builtin to work without a model.",
            code="model_key_missing",
        )
    if not _KEY.fullmatch(key):
        return ModelUnavailable(
            "OPENAI_API_KEY holds a space, a line break or a letter that no key has.",
            "Set it again, without what came along when it was copied.",
            code="model_key_malformed",
        )
    if not host:
        return ModelUnavailable(
            "OPENAI_BASE_URL names no host.",
            "Write it in full, such as http://127.0.0.1:11434/v1, or unset it.",
            code="model_url_malformed",
        )
    return None


def interrupted(endpoint: str, reason: str) -> ModelInterrupted:
    """The error of an answer that broke off; `reason` completes "because"."""
    return ModelInterrupted(
        f"The answer from {endpoint} broke off because {reason}.",
        "Ask again; if it happens often, look at the endpoint or the proxy before it.",
    )


def _refused(error: APIStatusError, model: str, endpoint: str) -> ModelUnavailable:
    status, stated = error.status_code, stated_code(error)
    told = f"HTTP {status}{f', {stated}' if stated else ''}"
    if status in (401, 403):
        code = "model_key_refused"
        detail = f"The endpoint {endpoint} refused the API key ({told})."
        remedy = f"Set OPENAI_API_KEY to a key that may use the model '{model}'."
    elif status == 404:
        code = "model_not_found"
        detail = f"The endpoint {endpoint} has no model '{model}', or isn't an API's root ({told})."
        remedy = "Set RACINE_MODEL=openai:NAME to one of its models; OPENAI_BASE_URL ends in /v1."
    elif "insufficient_quota" in told:
        code = "model_quota_spent"
        detail = f"The quota of the API key at {endpoint} is spent ({told})."
        remedy = "Raise the quota, or set OPENAI_API_KEY to another key."
    elif status == 429:
        code = "model_rate_limited"
        detail = f"The endpoint {endpoint} still refused more requests after retries ({told})."
        remedy = "Wait a minute and try again, or raise the key's rate limit."
    elif "context_length_exceeded" in told:
        code = "model_context_full"
        detail = f"The conversation is longer than the model '{model}' can read ({told})."
        remedy = "Start a new conversation, or set RACINE_MODEL to a model with a longer context."
    elif status >= 500:
        code = "model_failed"
        detail = f"The endpoint {endpoint} failed ({told})."
        remedy = "Try again; if it lasts, look at the endpoint's status."
    else:
        code = "model_request_refused"
        detail = f"The endpoint {endpoint} did not accept the request for '{model}' ({told})."
        remedy = "Report this with the code; another model may accept the request."
    return ModelUnavailable(detail, remedy, code=code)


def stated_code(error: APIError) -> str:
    """The provider's own code and the parameter it names, or an empty string."""
    stated = [error.code or error.type, error.param]
    return " ".join(text for text in stated if text and _CODE.fullmatch(text))
