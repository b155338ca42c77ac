import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def note_who_accepted(apps, schema_editor):
    """Invitations that were accepted before belong to the account with their address. Those of coordinators count as
    founding ones, as the roles do."""
    people = {user.email.lower(): user for user in apps.get_model("accounts", "User").objects.all()}
    invitations = apps.get_model("partners", "MembershipInvitation").objects.select_related("invitation")
    for invitation in invitations.filter(invitation__accepted_at__isnull=False).order_by("invitation__accepted_at"):
        invitation.accepted_by = people.pop(invitation.invitation.email.lower(), None)
        invitation.founding = invitation.founding or invitation.role == "coordinator"
        invitation.save(update_fields=["accepted_by", "founding"])


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0007_second_persons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='membershipinvitation',
            name='accepted_by',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(note_who_accepted, migrations.RunPython.noop),
    ]
