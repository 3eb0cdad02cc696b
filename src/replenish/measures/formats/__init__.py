"""Questionnaires and answers in the formats other systems write."""
