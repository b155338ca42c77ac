from trainings.forms.questions import QuestionsForm

__all__ = ["QuestionsForm"]
