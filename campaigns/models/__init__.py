from campaigns.models.campaign import Campaign, CampaignCountry, Message
from campaigns.models.day import ImportantDay
from campaigns.models.event import Event
from campaigns.models.material import Material, MaterialFile, any_name, materials
from campaigns.models.news import News
from campaigns.models.reach import Activity, Target, any_evidence_name, evidence

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
    "any_evidence_name",
    "any_name",
    "evidence",
    "materials",
]
