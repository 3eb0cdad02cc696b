"""Talking to the installation's own service: OpenID Connect, by the library, asking as little as it can."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

PROVIDER = "service"
# A connection that fails is an `OSError` in the library that makes it.
_TROUBLES = (OAuth2Error, OSError, KeyError, ValueError)


class Vouched(Exception):
    """The service has said who it was."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class Failed(Exception):
    """The service has said nothing that can be used."""


class Troubles(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What the library does when the service does not answer as it should: nothing of its own."""

    def on_authentication_error(self, *_: object, **__: object) -> None:
        """Leave it to the page."""
        raise Failed


class _Talk(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One conversation with the service."""

    def get_provider(self) -> _Provider:
        return _Provider(self.request, app=_app())

    def get_callback_url(self, request: HttpRequest, app: object) -> str:  # noqa: ARG002
        return f"{settings.REPLENISH_ADDRESS}{reverse('staff-sign-in-service-back')}"

    def complete_login(self, request: HttpRequest, app: Any, token: object, **said: Any) -> None:  # noqa: ANN401, ARG002
        """The name stands in the signed token; nothing else is asked for."""
        raise Vouched(str(self._decode_id_token(app, said["response"]["id_token"])["sub"]))


class _Provider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = _Talk


class Service:
    """The installation's service, for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def leave(self) -> HttpResponse:
        """Send the browser there; back to signing in where the service cannot be reached."""
        from replenish.web.staff.sign_in import refused_by_service

        provider = _Talk(self._request, PROVIDER).get_provider()
        try:
            answer: HttpResponse = provider.redirect(self._request, process="login", scope=["openid"])
        except _TROUBLES:
            return refused_by_service(self._request)
        return answer

    def vouched_name(self) -> str | None:
        """The name under which the service knows whoever came back; None where it vouches for nobody."""
        view = OAuth2CallbackView()
        view.request, view.adapter = self._request, _Talk(self._request, PROVIDER)
        try:
            view.dispatch(self._request)
        except Vouched as vouched:
            return vouched.name
        except (Failed, ImmediateHttpResponse, *_TROUBLES):
            return None
        return None


def _app() -> SocialApp:
    """The service as the library wants it; no row of a table."""
    secret = settings.REPLENISH_KEYS / "service.secret"
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER,
        name=settings.REPLENISH_SERVICE_NAME,
        client_id=settings.REPLENISH_SERVICE_CLIENT,
        secret=secret.read_text("utf-8").strip() if secret.is_file() else "",
        settings={"server_url": settings.REPLENISH_SERVICE, "oauth_pkce_enabled": True, "auth_params": {}},
    )
