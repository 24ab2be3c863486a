"""The licensing authority's own pages: its queue, a case with its tabs, and the forms that move it."""
