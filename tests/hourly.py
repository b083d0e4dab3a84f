"""The site as gunicorn serves it, which asks the database for its version once an hour: in tests that shows what it is
told by others.
"""

import expo.wsgi  # first of all, since it sets Django up
from exhibitors.domain import data_version

data_version.LASTS = 60 * 60
application = expo.wsgi.application
