"""Signing in: where profiles and tokens are kept, and Yandex OAuth, which issues and refreshes tokens."""
