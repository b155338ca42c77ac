"""The app of texts and their publication."""

from victor import slices


class PublishingConfig(slices.DeclaringAppConfig):
    name = "victor.publishing"
    label = "publishing"
