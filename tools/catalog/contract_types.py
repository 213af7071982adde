"""What the operations on data contracts return."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tools.values import Citation, Cited, Result

Kept = Literal["passed", "failed", "unchecked", "noted"]


class Clause(Result):
    """One thing that a contract demands, and how it is kept.

    `unchecked`: it can't be measured here, `detail` says why. `noted`: it breaks nothing.
    """

    path: str
    what: str
    status: Kept
    detail: str
    asset: str | None = None


class ContractSummary(Cited):
    """A revision of a data contract; the highest is in force."""

    id: str
    contract_id: str
    name: str
    version: str
    status: str
    revision: int
    source: str
    tables: list[str]
    unknown_tables: list[str]
    imported_by: str
    at: datetime

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="contract",
            title=f"{self.name} {self.version}",
            url=f"/api/advanced-catalog/get-contract?contract={self.id}",
        )


class ImportedContract(ContractSummary):
    """What came of an import. `unchanged`: it is in force already, word for word."""

    unchanged: bool = False


class ContractOutcome(Result):
    """How a contract was kept at one moment, in numbers."""

    at: datetime
    status: Literal["kept", "broken", "unchecked"]
    revision: int
    passed: int
    failed: int
    unchecked: int


class ContractDetail(ContractSummary):
    """A contract with its text, its revisions, and how it was kept, newest first."""

    contract: str
    revisions: list[ContractSummary]
    history: list[ContractOutcome]
    checks: int


class ContractResult(ContractOutcome):
    """How a contract is kept now: every clause with its evidence, broken ones first."""

    contract_id: str
    name: str
    version: str
    clauses: list[Clause]


class ExportedContract(Result):
    """A table's data contract. `revision`: of the one in force; None for a draft."""

    asset_id: str
    asset: str
    contract: str
    revision: int | None
