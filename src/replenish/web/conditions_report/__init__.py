"""The conditions report in the web: one page for everybody in an organisation, staff and leaders alike.

Made from releases, facts of provision and words alone. It knows no card and no account; whoever opens a page
says only which organisation, which part of it, and until which day.
"""
