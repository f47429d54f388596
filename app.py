"""The entry of WSGI servers: `gunicorn app:server`."""

from territoires.config import read_settings
from territoires.web.application import create_app

app = create_app(read_settings())
server = app.server
