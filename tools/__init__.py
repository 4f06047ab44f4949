"""What writes files of the project: generated code and pages of the documentation; no part of the installed package."""
