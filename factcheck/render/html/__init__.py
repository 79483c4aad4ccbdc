"""The report as one self-contained page of HTML: no script, no request, made to be handed over."""

from factcheck.render.html.document import render_html

__all__ = ["render_html"]
