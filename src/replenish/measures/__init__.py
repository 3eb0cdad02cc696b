"""Instruments as data, scoring, and the formats answers come in and go out."""
