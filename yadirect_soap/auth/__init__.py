"""Sign-in: profiles, the storage of tokens, and Yandex OAuth, which issues and refreshes tokens."""
