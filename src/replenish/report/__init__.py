"""The conditions report as a document: its model, its words, its charts, and the files it is drawn to."""
