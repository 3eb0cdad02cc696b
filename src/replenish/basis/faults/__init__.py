"""One catalogue of refusals: a stable dotted code and a sentence for each, in one file for each room."""

from __future__ import annotations

from collections.abc import Iterator

from replenish.basis.errors import Fault
from replenish.basis.faults.acting import ActionFault
from replenish.basis.faults.agreement import AgreementFault
from replenish.basis.faults.answers import AnswerFault
from replenish.basis.faults.at_rest import AtRestFault
from replenish.basis.faults.attack import AttackFault
from replenish.basis.faults.charts import ChartFault
from replenish.basis.faults.commands import CommandFault
from replenish.basis.faults.conversation import ConversationFault
from replenish.basis.faults.debrief import DebriefFault
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.basis.faults.demo import DemoFault
from replenish.basis.faults.disclosure import DisclosureFault
from replenish.basis.faults.documents import DocumentFault
from replenish.basis.faults.facts import FactFault
from replenish.basis.faults.incidents import IncidentFault
from replenish.basis.faults.leadership import LeadershipFault
from replenish.basis.faults.learning import LearningFault
from replenish.basis.faults.ledger import LedgerFault
from replenish.basis.faults.noticing import NoticingFault
from replenish.basis.faults.packs import PackFault
from replenish.basis.faults.people import PeopleFault
from replenish.basis.faults.questionnaires import QuestionnaireFault
from replenish.basis.faults.records import RecordFault
from replenish.basis.faults.report import ReportFault
from replenish.basis.faults.rhythm import RhythmFault
from replenish.basis.faults.rounds import RoundFault
from replenish.basis.faults.running import RunningFault
from replenish.basis.faults.safekeeping import SafekeepingFault
from replenish.basis.faults.sealing import SealingFault
from replenish.basis.faults.sign_in import SignInFault
from replenish.basis.faults.simulation import SimulationFault
from replenish.basis.faults.site import SiteFault
from replenish.basis.faults.statistics import StatisticsFault
from replenish.basis.faults.supervision import SupervisionFault
from replenish.basis.faults.tables import TableFault
from replenish.basis.faults.telling import TellingFault
from replenish.basis.faults.voices import VoiceFault
from replenish.basis.faults.web import WebFault
from replenish.basis.faults.wording import WordingFault
from replenish.basis.faults.words import WordsFault

CATALOGUE: tuple[type[Fault], ...] = (
    ActionFault,
    AgreementFault,
    AnswerFault,
    AtRestFault,
    AttackFault,
    ChartFault,
    CommandFault,
    ConversationFault,
    DebriefFault,
    DebriefingFault,
    DemoFault,
    DisclosureFault,
    DocumentFault,
    LeadershipFault,
    FactFault,
    IncidentFault,
    LearningFault,
    LedgerFault,
    NoticingFault,
    PackFault,
    PeopleFault,
    QuestionnaireFault,
    RecordFault,
    ReportFault,
    RhythmFault,
    RoundFault,
    RunningFault,
    SafekeepingFault,
    SealingFault,
    SignInFault,
    SimulationFault,
    SiteFault,
    StatisticsFault,
    SupervisionFault,
    TableFault,
    TellingFault,
    WebFault,
    VoiceFault,
    WordingFault,
    WordsFault,
)


def every_fault() -> Iterator[Fault]:
    """Every refusal there is, room by room."""
    for room in CATALOGUE:
        yield from room


__all__ = [
    "CATALOGUE",
    "ActionFault",
    "AgreementFault",
    "AnswerFault",
    "AtRestFault",
    "AttackFault",
    "ChartFault",
    "CommandFault",
    "ConversationFault",
    "DebriefFault",
    "DebriefingFault",
    "DisclosureFault",
    "DocumentFault",
    "FactFault",
    "Fault",
    "IncidentFault",
    "LeadershipFault",
    "LearningFault",
    "LedgerFault",
    "NoticingFault",
    "PackFault",
    "PeopleFault",
    "QuestionnaireFault",
    "RecordFault",
    "ReportFault",
    "RoundFault",
    "RunningFault",
    "SafekeepingFault",
    "SealingFault",
    "SignInFault",
    "SimulationFault",
    "SiteFault",
    "StatisticsFault",
    "SupervisionFault",
    "TableFault",
    "TellingFault",
    "VoiceFault",
    "WebFault",
    "WordingFault",
    "WordsFault",
    "every_fault",
]
