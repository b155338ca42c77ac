from desks.forms.enquiries import EnquiryForm
from desks.forms.figures import PeriodForm
from desks.forms.retention import HoldForm, RuleForm

__all__ = ["EnquiryForm", "HoldForm", "PeriodForm", "RuleForm"]
