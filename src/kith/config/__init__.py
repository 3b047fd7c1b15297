"""Settings, URLs and the WSGI application: the only package that imports all."""
