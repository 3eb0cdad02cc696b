"""A carer's one secret, and what follows from it: names that nothing connects, sealed boxes, contributions.

Beside them the keys of an instance: of rounds, of the nightly wrap, of signatures; key cards and slips. Only
`cryptography` and `pyrage` encrypt here; there is no primitive of its own.
"""

from replenish.sealing.box import open_box, seal_box
from replenish.sealing.card import card_link
from replenish.sealing.contribution import decode_scores, encode_scores
from replenish.sealing.names import box_key, box_name, seat_name, voice_name
from replenish.sealing.round_key import RoundKeys, RoundOpener, seal_contribution
from replenish.sealing.secret import Secret
from replenish.sealing.signing import InstanceSigner
from replenish.sealing.slips import slip_code, slip_hash
from replenish.sealing.wrap_keys import WrapKeys

__all__ = [
    "InstanceSigner",
    "RoundKeys",
    "RoundOpener",
    "Secret",
    "WrapKeys",
    "box_key",
    "box_name",
    "card_link",
    "decode_scores",
    "encode_scores",
    "open_box",
    "seal_box",
    "seal_contribution",
    "seat_name",
    "slip_code",
    "slip_hash",
    "voice_name",
]
