from django.db import migrations

CODE = "AG-{:02d}"


def turn_dates_into_agreements(apps, schema_editor):
    """Each date that was entered at a desk becomes a signed agreement that allows the publication of the desk.

    Who signed for the others was never written down. The agreement has no owner, so coordinators are told to name one.
    """
    Agreement = apps.get_model("partners", "Agreement")
    last = Agreement.objects.count()
    dated = apps.get_model("desks", "Desk").objects.exclude(agreement_signed_on=None).order_by("pk")
    for number, desk in enumerate(dated, start=last + 1):
        day = desk.agreement_signed_on
        facts = {"kind": "data_sharing", "gates": ["desk_publication"], "state": "signed", "valid_from": day}
        title = f"Data sharing: {desk.slug}"
        agreement = Agreement.objects.create(code=CODE.format(number), title=title, title_en=title, **facts)
        agreement.parties.create(organisation_id=desk.organisation_id, signed_on=day)
        agreement.countries.add(desk.country_id)


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0011_deletion_requests'),
        ('partners', '0011_agreements'),
    ]

    operations = [
        migrations.RunPython(turn_dates_into_agreements, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='desk',
            name='agreement_signed_on',
        ),
    ]
