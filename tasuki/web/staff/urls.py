"""Addresses of the door itself, of one's own way in, and of the staff."""

from django.urls import path

from tasuki.web.staff import accounts, keys, moves, own, resets, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/second/", views.second, name="second"),
    path("sign-in/passkey/", keys.proof, name="passkey"),
    path("sign-in/passkey/options/", keys.options, name="passkey-options"),
    path("posts/", views.posts, name="posts"),
    path("posts/secrecy/", views.secrecy, name="secrecy"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("session/", views.session_left, name="session"),
    path("session/kept/", views.session_kept, name="session-kept"),
    path("account/", own.account, name="account"),
    path("account/proof/", own.proof, name="account-proof"),
    path("account/password/", own.password, name="account-password"),
    path("account/totp/", own.totp, name="account-totp"),
    path("account/recovery/", own.recovery, name="account-recovery"),
    path("account/passkeys/", own.passkey_new, name="account-passkeys"),
    path("account/passkeys/options/", own.passkey_options, name="account-passkey-options"),
    path("account/factors/<uuid:factor>/removal/", own.remove, name="account-factor-removal"),
    path("account/elsewhere/", own.elsewhere, name="account-elsewhere"),
    path("staff/", moves.moves, name="staff"),
    path("staff/accounts/", accounts.accounts, name="staff-accounts"),
    path("staff/resets/", resets.resets, name="staff-resets"),
    path("staff/resets/<uuid:reset_id>/agreement/", resets.agree, name="staff-reset-agreement"),
    path("staff/closing/", resets.close, name="staff-closing"),
    path("moves/", moves.mine, name="moves"),
    path("moves/<uuid:move_id>/withdrawal/", moves.withdraw, name="move-withdrawal"),
    path("moves/<uuid:move_id>/handover/", moves.handover, name="handover"),
    path("moves/<uuid:move_id>/handover.pdf", moves.handover_paper, name="handover-paper"),
    path("health/", views.health, name="health"),
]
