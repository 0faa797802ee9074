"""The web application over the index: JSON under /api/v1, pages for people, health and metrics for operators."""

from search.api.app import make_app
from search.api.services import Actions, Health, Services, Subscribed

__all__ = ["Actions", "Health", "Services", "Subscribed", "make_app"]
