from trainings.forms.figures import FiguresForm
from trainings.forms.mailings import MailingForm, WordsForm

__all__ = ["FiguresForm", "MailingForm", "WordsForm"]
