"""The objects of the API and their behaviour: accounts, resources, codes, dictionaries, moderation, texts."""
