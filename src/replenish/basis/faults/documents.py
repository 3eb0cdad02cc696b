"""What the drafts of assessments are refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class DocumentFault(Fault):
    """Why a draft cannot be made."""

    TEXT_FILE = (
        "documents.text_file",
        "the words of a draft cannot be read ({reason}); nothing was made, so correct that entry",
    )
