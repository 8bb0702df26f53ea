"""What production overrides in pelicanconf.py."""

from pelicanconf import *

PUBLISHING = True
WAIT = 60
DEPLOY_TO = None  # where rsync copies the site: a folder, or host:folder
