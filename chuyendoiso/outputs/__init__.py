"""Which files the site has, and how each is made. All pure."""
