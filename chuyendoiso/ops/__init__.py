"""Operations: backup, provenance, bill of materials, audit, signatures, doctor.

Nothing of a build imports this package. It reads git and the releases.
"""
