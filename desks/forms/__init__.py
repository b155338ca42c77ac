from desks.forms.desks import DeskForm

__all__ = ["DeskForm"]
