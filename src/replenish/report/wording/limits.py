"""What the report cannot tell. Each limit is one the reader could otherwise run into."""

from __future__ import annotations

SILENCE = (
    "How those are who did not answer. The most strained people often answer least, so the true picture "
    "may be heavier than this one."
)
CAUSE = "What causes what. Only a change, begun on purpose and watched, can show that."
PEOPLE = "How any one person is. Nothing here can be used to judge somebody, for or against."
RANKING = "Which group is best or worst. Two groups in different bands may be close together."
SMALL_CHANGE = "Small changes. A band moves only when much has changed, so a real gain may not show yet."
OUTSIDE = "What people carry from outside work."
ONE_TIME = "Whether things are getting better or worse. That needs at least two earlier reports."
COLUMNS = "Whether the columns measure what their names say. The report takes them as they are."
OWN_SCALES = (
    "How you compare with other places. These questions have not been tested against a norm. Compare with"
    " your own past, and with other teams that use the same questions."
)
