"""Addresses of the staff pages. None holds a name, a number or a code."""

from __future__ import annotations

from django.urls import include, path

from replenish.web.staff import account, elsewhere, email, passkeys, sign_in
from replenish.web.staff.home import home

urlpatterns = [
    path("", home, name="staff-home"),
    path("sign-in/", sign_in.by_code, name="staff-sign-in"),
    path("sign-in/password/", sign_in.by_password, name="staff-sign-in-password"),
    path("sign-in/recovery/", sign_in.by_recovery_code, name="staff-sign-in-recovery"),
    path("sign-in/passkey/", passkeys.by_passkey, name="staff-sign-in-passkey"),
    path("sign-in/passkey/options/", passkeys.sign_in_options, name="staff-sign-in-passkey-options"),
    path("sign-in/email/", email.by_email, name="staff-sign-in-email"),
    path("sign-in/email/code/", email.email_code, name="staff-sign-in-email-code"),
    path("sign-in/service/", elsewhere.by_service, name="staff-sign-in-service"),
    path("sign-in/service/back/", elsewhere.back, name="staff-sign-in-service-back"),
    path("set-up/", account.set_up, name="staff-set-up"),
    path("account/", account.account, name="staff-account"),
    path("account/passkey/", passkeys.add_passkey, name="staff-add-passkey"),
    path("account/passkey/options/", passkeys.new_options, name="staff-add-passkey-options"),
    path("account/passkey/remove/", passkeys.drop_passkey, name="staff-drop-passkey"),
    path("account/password/", account.password, name="staff-password"),
    path("account/recovery-codes/", account.recovery_codes, name="staff-recovery-codes"),
    path("account/email/", email.own_email, name="staff-email"),
    path("account/email/code/", email.own_email_code, name="staff-email-code"),
    path("account/service/", elsewhere.connect, name="staff-connect-service"),
    path("account/another-organisation/", account.another_organisation, name="staff-another-organisation"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="staff-sign-out-everywhere"),
    path("organisations/", account.organisations, name="staff-organisations"),
    path("sign-out/", account.leave, name="staff-sign-out"),
    path("signed-out/", account.signed_out, name="staff-signed-out"),
    path("people/", include("replenish.web.staff.accounts.urls")),
    path("units/", include("replenish.web.staff.units.urls")),
    path("rounds/", include("replenish.web.staff.rounds.urls")),
    path("keys/", include("replenish.web.staff.keys.urls")),
    path("telling/", include("replenish.web.staff.telling.urls")),
    path("report/", include("replenish.web.staff.report.urls")),
    path("answers/", include("replenish.web.staff.answers.urls")),
    path("actions/", include("replenish.web.staff.actions.urls")),
    path("provision/", include("replenish.web.staff.provision.urls")),
    path("conversation/", include("replenish.web.staff.conversation.urls")),
    path("debriefs/", include("replenish.web.staff.debriefs.urls")),
    path("incidents/", include("replenish.web.staff.incidents.urls")),
    path("learning/", include("replenish.web.staff.learning.urls")),
    path("records/", include("replenish.web.staff.records.urls")),
    path("supervision/agreements/", include("replenish.web.staff.supervision.agreements.urls")),
    path("supervision/notes/", include("replenish.web.staff.supervision.notes.urls")),
    path("supervision/", include("replenish.web.staff.supervision.urls")),
    path("documents/", include("replenish.web.staff.documents.urls")),
    path("upkeep/", include("replenish.web.staff.upkeep.urls")),
]
