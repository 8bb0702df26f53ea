"""From a release to the public: what a web server needs of it, and the ways to bring it there. The release itself is never changed."""
