"""What exists: the models of the slices, where Django looks for them."""

from campaigns.campaigns.models import Campaign, CampaignCountry, ImportantDay, Message
from campaigns.events.models import Event
from campaigns.materials.models import Material, MaterialFile
from campaigns.news.models import News
from campaigns.reach.models import Activity, Target

__all__ = [
    "Activity",
    "Campaign",
    "CampaignCountry",
    "Event",
    "ImportantDay",
    "Material",
    "MaterialFile",
    "Message",
    "News",
    "Target",
]
