from campaigns.models.campaign import Campaign, CampaignCountry, Message
from campaigns.models.day import ImportantDay
from campaigns.models.event import Event
from campaigns.models.material import Material, MaterialFile, any_name, materials
from campaigns.models.news import News

__all__ = [
    "Campaign",
    "CampaignCountry",
    "Event",
    "ImportantDay",
    "Material",
    "MaterialFile",
    "Message",
    "News",
    "any_name",
    "materials",
]
