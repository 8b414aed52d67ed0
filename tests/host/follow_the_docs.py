"""Applies the marked code of docs/plugin.md to a project fresh from `wagtail start`: DOCS PROJECT."""

import re
import sys
from pathlib import Path

docs, project = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2])
code = dict(re.findall(r"<!-- host: (\w+) -->\n```python\n(.*?)```", docs, re.DOTALL))

settings = project / "mysite/settings/base.py"
own_apps = 'INSTALLED_APPS += ["cms", "snippets"]\n'
settings.write_text(f"{settings.read_text()}\n{own_apps}\n{code['settings']}")

urls = project / "mysite/urls.py"
kept, mount, _ = urls.read_text().partition("urlpatterns = urlpatterns + [")
if not mount:
    sys.exit("`wagtail start` no longer mounts Wagtail's pages as docs/plugin.md says.")
urls.write_text(f"{kept}\n{code['urls']}")
