"""Says in English what an item prints, from glosses of its typed facts; the rest stays quoted in Chinese."""
