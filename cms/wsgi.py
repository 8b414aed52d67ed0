"""The WSGI application that production and the demo serve."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wagtail_partnerships.cms.settings")
application = get_wsgi_application()
