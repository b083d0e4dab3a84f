"""Who comes to the desk."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.factories import make_organiser

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def organiser() -> User:
    return make_organiser()


@pytest.fixture
def desk(organiser: User) -> Client:
    """An organiser's browser, in English."""
    client = Client(headers=ENGLISH)
    client.force_login(organiser)
    return client


@pytest.fixture
def stranger() -> Client:
    """A browser signed in with an account that is no organiser's."""
    client = Client(headers=ENGLISH)
    client.force_login(User.objects.create_user("stranger", password="not-a-real-secret-9"))
    return client


@pytest.fixture
def reader() -> Client:
    """An organiser's browser that may see everything and change nothing."""
    user = User.objects.create_user("reader", password="not-a-real-secret-9", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client(headers=ENGLISH)
    client.force_login(user)
    return client
