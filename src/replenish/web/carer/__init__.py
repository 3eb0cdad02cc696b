"""Pages for a carer, who has a key card and no account.

No page here knows a name. The card's secret comes with the request, is used, and is forgotten with it.
"""
