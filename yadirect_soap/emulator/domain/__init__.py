"""What the API's objects are and how they behave: accounts, resources, codes, dictionaries, moderation, texts."""
