"""Collaborations as readers see them: only their public members are named."""

from django.db.models import Prefetch, QuerySet

from exhibitors.models import Collaboration, CollaborationMember, Edition, Exhibitor


def with_public_members(edition: Edition) -> QuerySet[Collaboration]:
    """Collaborations of the edition with `partners`, their public members in order. Two queries."""
    members = CollaborationMember.objects.filter(exhibitor__state=Exhibitor.State.PUBLIC).select_related(
        "exhibitor__edition"
    )
    return (
        Collaboration.objects.filter(edition=edition)
        .select_related("edition")
        .prefetch_related(Prefetch("members", queryset=members, to_attr="partners"))
    )
