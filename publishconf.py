"""What production overrides in pelicanconf.py."""

from pelicanconf import *

PUBLISHING = True
WAIT = 60
DEPLOY_TO = None  # where the site is brought to: "/folder" on this machine, or "host:/folder" over SSH
DEPLOY_STORE = None  # an object store in place of that: "remote:bucket" (docs/kho-doi-tuong.md)
DEPLOY_SSH = ()  # the command that reaches the host, where it is not plain ssh: ("ssh", "-p", "2222")
NGINX_FOLDER = None  # where nginx's files are, on this machine: what moved and was withdrawn is written there
NGINX_RELOAD = ()  # a command by which nginx reads them again, where no systemd does (docs/systemd/nginx-reload.path)
SIGNERS = None  # a file of allowed signers, outside of this folder: invoke update takes no code that none of them signed (docs/vai-tro.md)

# The Zalo channel (docs/ket-noi-kenh.md). Zalo documents none of this publicly: chuyendoiso/deploy/zalo/error_codes.py names the sources.
ZALO_STATE = ".zalo-state.json"  # what zalo-sync knows of the channel, and backup takes along
ZALO_MONTHLY_ARTICLES = None  # new articles a month that the account's plan allows: its contract says so; None if not known
ZALO_ERRORS = {}  # corrects the meaning of error codes: {-213: "refused"}
ZALO_SETTLING_MINUTES = 30  # how long a new article may be missing from the account's list; clients of the interface saw minutes
