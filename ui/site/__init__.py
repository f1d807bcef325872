"""What whoever runs the service made of it: name, logo, colours, footer, greeting, examples; their pages and files."""

from ui.site.reading import BadSite, neutral_site, read_site
from ui.site.values import Colours, Footer, Line, Logo, Site, Words

__all__ = ["BadSite", "Colours", "Footer", "Line", "Logo", "Site", "Words", "neutral_site", "read_site"]
