"""Incidents without case data, the steps that follow them, and who is asked again in four weeks."""
