"""The models of the slices, where Django looks for them."""

from victor.reporting.releases.models import Release
from victor.reporting.report.models import ReportFile

__all__ = ["Release", "ReportFile"]
