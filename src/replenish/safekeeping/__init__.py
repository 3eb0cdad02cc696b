"""The night's work, backups in two artefacts, restoring, and the doctor.

Nothing kept here lets anybody see who used what they have: `argument.md` says why.
"""
