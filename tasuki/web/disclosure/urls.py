"""Addresses of the disclosure room."""

from django.urls import path

from tasuki.web.disclosure import papers, provisions, views

urlpatterns = [
    path("emergencies/", views.emergencies, name="emergencies"),
    path("emergencies/export.<str:kind>", views.emergencies_export, name="emergencies-export"),
    path("packs/", views.packs, name="packs"),
    path("packs/export.<str:kind>", views.packs_export, name="packs-export"),
    path("packs/<uuid:pack_id>/", views.pack, name="pack"),
    path("provisions/", provisions.provisions, name="provisions"),
    path("provisions/export.<str:kind>", provisions.export, name="provisions-export"),
    path("reads/", views.reads, name="reads"),
    path("reads/export.<str:kind>", views.export, name="reads-export"),
    path("referrals/<uuid:referral_id>/sheet.pdf", papers.sheet, name="referral-sheet"),
    path("sittings/<uuid:sitting_id>/minutes-consent.pdf", papers.minutes_consent, name="minutes-consent"),
    path("sittings/<uuid:sitting_id>/minutes-sealed.pdf", papers.minutes_sealed, name="minutes-sealed"),
    path("plans/<uuid:plan_id>/plan.pdf", papers.plan, name="plan-paper"),
    path("plans/<uuid:plan_id>/evaluation.pdf", papers.evaluation, name="evaluation-paper"),
    path("records/<uuid:record_id>/transfer.pdf", papers.transfer, name="transfer-paper"),
    path("consents/<uuid:consent_id>/form.pdf", papers.consent, name="consent-paper"),
]
