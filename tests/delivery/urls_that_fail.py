"""Views that write and then fail, and one that tells whether a transaction is open."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.factories import ContactFactory
from wagtail_partnerships.cms.urls import urlpatterns as site_urlpatterns


@csrf_exempt
def fail(request: HttpRequest) -> HttpResponse:
    ContactFactory(name="Halv")
    raise RuntimeError


@csrf_exempt
def refuse(request: HttpRequest) -> HttpResponse:
    ContactFactory(name="Noterad")
    return HttpResponse(status=403)


@csrf_exempt
def tell_atomic(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(connection.in_atomic_block))


# The site's own stand after them, since middleware asks for the addresses of some once, and for good.
urlpatterns = [path("fail/", fail), path("refuse/", refuse), path("atomic/", tell_atomic), *site_urlpatterns]
