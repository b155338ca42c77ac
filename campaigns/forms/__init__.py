from campaigns.forms.events import EventForm
from campaigns.forms.materials import MaterialFileForm
from campaigns.forms.reach import ActivityFilterForm, ActivityForm

__all__ = ["ActivityFilterForm", "ActivityForm", "EventForm", "MaterialFileForm"]
