"""Which members hold what belongs to a person: names, addresses, telephones and logins; to be blanked where kept."""

MASK = "***"

PERSONAL = frozenset(
    {
        "ClientInfo",
        "ContactEmail",
        "ContactPerson",
        "Email",
        "FirstName",
        "LastName",
        "Login",
        "Logins",
        "MessengerLogin",
        "MobilePhones",
        "PassportOrganizationLogin",
        "Password",
        "Phone",
        "PhoneNumber",
        "SmsPhoneNumber",
        "Tin",
    }
)
"""Members of any service, by the API's names."""
