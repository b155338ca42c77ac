"""Groups of partners that meet: the steering group, working groups, forums, SEEC."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from partners.groups.querysets import GroupMemberQuerySet, WorkingGroupQuerySet
from partners.groups.states import ONCE_A_GROUP, GroupKind, GroupRole


class WorkingGroup(models.Model):
    """A group that meets. Its slug begins the numbers of its decisions, so it never changes."""

    stored_name = "partners.workinggroup"

    slug = models.SlugField(_("short name"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=GroupKind)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    is_for_all = models.BooleanField(_("all partner staff can see it"), default=False)
    allows_substitutes = models.BooleanField(_("somebody can come in a member's place"), default=True)
    quorum = models.PositiveSmallIntegerField(_("members who have to be present for a decision"), default=0)
    founded_at = models.DateTimeField(_("founded"), default=timezone.now, editable=False)
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)

    size: int  # set by `for_listing()`

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=GroupKind.COUNTRY) | Q(country__isnull=False), name="partners_workinggroup_country"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:group", args=[self.slug])


class GroupMember(models.Model):
    """What a person is in a group, from when until when. A row is never deleted: who leaves gets an end."""

    stored_name = "partners.groupmember"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="members", verbose_name=_("group"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_members", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=9, choices=GroupRole, default=GroupRole.MEMBER)
    since = models.DateField(pgettext_lazy("member of a group", "since"), default=timezone.localdate)
    until = models.DateField(pgettext_lazy("member of a group", "until"), null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        ordering = ["group", "pk"]
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=Q(until=None), name="partners_groupmember_once"
            ),
            models.UniqueConstraint(
                fields=["group", "role"],
                condition=Q(until=None, role__in=ONCE_A_GROUP),
                name="partners_groupmember_one_of_a_role",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="partners_groupmember_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.user_id}"
