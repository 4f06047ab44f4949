"""The limits of accounts, and of what ads use from outside their groups: feeds, lists, sitelinks, vCards."""

from tests.emulator.limits import calls, objects, values
from tests.emulator.limits.calls import room
from tests.emulator.limits.objects import added
from tests.emulator.limits.rows import DOC, Row, chars, items, value
from tests.emulator.limits.values import text, word

TABLES: dict[tuple[str, str], list[Row]] = {
    ("agencyclients", "https://yandex.com/dev/direct/doc/agencyclients/add.html"): [
        Row("", "objects added in a day", 100, 7001, calls.clients_in_a_day),
        Row("FirstName", "characters", 20, 5001, calls.client_of_agency("add", "FirstName", word)),
        Row("LastName", "characters", 20, 5001, calls.client_of_agency("add", "LastName", word)),
        Row("Login", "characters", 30, 5001, calls.client_of_agency("add", "Login", word)),
    ],
    ("agencyclients", f"{DOC}/en/agencyclients/addPassportOrganization"): [
        Row("Name", "characters", 30, 5001, calls.client_of_agency("addPassportOrganization", "Name", word))
    ],
    ("agencyclients", f"{DOC}/en/clients/update"): [
        Row("ClientInfo", "characters", 255, 5001, calls.account("agencyclients", "ClientInfo")),
        Row("Phone", "characters", 255, 5001, calls.account("agencyclients", "Phone")),
    ],
    ("clients", f"{DOC}/en/clients/update"): [
        Row("ClientInfo", "characters", 255, 5001, calls.account("clients", "ClientInfo")),
        Row("Phone", "characters", 255, 5001, calls.account("clients", "Phone")),
    ],
    ("feeds", f"{DOC}/en/feeds/add"): [
        Row("", "objects", 50, 7001, room("feeds")),
        chars("feeds", "FileFeed.Filename", 255, value=lambda n: ".xml".rjust(n, "f"), base=objects.file_feed),
        chars("feeds", "Name", 255),
        chars("feeds", "UrlFeed.Login", 50, value=word),
        chars("feeds", "UrlFeed.Url", 1024, value=values.link),
    ],
    ("retargetinglists", f"{DOC}/en/retargetinglists/add"): [
        Row("", "objects", 2000, 7001, room("retargetinglists")),
        chars("retargetinglists", "Description", 4096),
        chars("retargetinglists", "Name", 250),
        items(
            "Rules",
            50,
            added(
                "retargetinglists", "Rules", values.many(lambda _: {"Operator": "ALL", "Arguments": [values.ARGUMENT]})
            ),
        ),
        items(
            "Rules.Arguments",
            250,
            added("retargetinglists", "Rules", lambda n: [{"Operator": "ALL", "Arguments": [values.ARGUMENT] * n}]),
        ),
        value(
            "Rules.Arguments.MembershipLifeSpan",
            (1, 540),
            added(
                "retargetinglists",
                "Rules",
                lambda n: [{"Operator": "ALL", "Arguments": [{"ExternalId": 1, "MembershipLifeSpan": n}]}],
            ),
        ),
    ],
    ("sitelinks", f"{DOC}/ru/sitelinks/add"): [
        items(
            "Sitelinks",
            8,
            added("sitelinks", "Sitelinks", values.many(lambda n: {"Title": f"t{n}", "Href": f"{values.LINK}{n}"})),
        ),
        Row("Sitelinks.Description", "characters", 60, 5001, calls.sitelink("Description", text)),
        Row("Sitelinks.Href", "characters", 1024, 5001, calls.sitelink("Href", values.link)),
        Row("Sitelinks.Title", "characters", 30, 5001, calls.sitelink("Title", text)),
        Row("Sitelinks.Title", "characters of four", 66, 5001, added("sitelinks", "Sitelinks", values.four_titles)),
    ],
    ("vcards", f"{DOC}/ref-v5/vcards/add.html"): [
        *(
            chars("vcards", name, size)
            for name, size in {
                "Apartment": 100,
                "Building": 10,
                "City": 55,
                "CompanyName": 255,
                "ContactPerson": 155,
                "Country": 50,
                "ExtraMessage": 200,
                "House": 30,
                "Street": 55,
            }.items()
        ),
        chars("vcards", "ContactEmail", 255, value=values.mail),
        Row(
            "Phone",
            "digits",
            17,
            5001,
            added(
                "vcards",
                "Phone",
                lambda n: {"CountryCode": "+1234", "CityCode": "1" * (n - 13), "PhoneNumber": "1" * 9},
            ),
        ),
        Row("Phone.Extension", "digits", 6, 5001, added("vcards", "Phone.Extension", lambda n: "1" * n)),
        Row("Phone.PhoneNumber", "digits", 9, 5001, added("vcards", "Phone.PhoneNumber", lambda n: "1" * n)),
        Row(
            "Phone.PhoneNumber",
            "digits at least",
            (5, None),
            5010,
            added("vcards", "Phone.PhoneNumber", lambda n: "1" * n),
        ),
        value("PointOnMap.X", (-180, 180), calls.point("X", "X1", "X2")),
        value("PointOnMap.Y", (-90, 90), calls.point("Y", "Y1", "Y2")),
        # No hours fill so many characters: at the limit their form is wrong.
        Row("WorkTime", "characters", 255, 5001, added("vcards", "WorkTime", text), at_limit=(5004,)),
    ],
}
