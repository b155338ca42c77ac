"""How does what was typed become clean data?"""

from trainings.forms.certificates import CodeForm, CorrectionForm, FileForm, RevocationForm

__all__ = ["CodeForm", "CorrectionForm", "FileForm", "RevocationForm"]
