"""The library of actions: a file for each condition, its facts in English, its words in each language."""
