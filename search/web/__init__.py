"""The pages: what they say (`views`), how they look (templates, static), and the one module that knows Jinja2 (`rendering`)."""
