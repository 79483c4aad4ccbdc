"""Pages of the web as sources: a list of addresses → copies that stay, fetched politely.

Imported only where a list of addresses is among the corpus: a build of local files knows no
network.
"""
