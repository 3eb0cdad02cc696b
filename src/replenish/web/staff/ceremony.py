"""What a passkey is made for: this address, and a person by a random number."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _


class Ceremony(DefaultMFAAdapter):  # type: ignore[misc]
    """How the library of passkeys names things, and that no second step follows a passkey."""

    def is_mfa_enabled(self, user: AbstractBaseUser, types: object = None) -> bool:  # noqa: ARG002
        """A passkey is a way in of its own; the library is never to ask for it after another way."""
        return False

    def generate_authenticator_name(self, user: AbstractBaseUser, type: object) -> str:  # noqa: A002, ARG002
        """What a passkey is called where the person gives it no name."""
        return _("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This installation, as the device shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Replenish"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """A number made by chance; the device is told no name and no address of the person."""
        return {"id": str(user.pk).encode(), "display_name": "Replenish", "name": "Replenish"}
