"""Which files the site has, and how each is made. All pure: no file, clock or environment is read here."""
