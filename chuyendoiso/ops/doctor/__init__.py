"""A look at the live site as a stranger would: what is wrong with it, and how to mend it. A job apart: nothing of a build knows of it.

Reading and judging are apart: `read_` asks the site and returns frozen facts, `judge_` tells from those alone what is to be said.
"""
