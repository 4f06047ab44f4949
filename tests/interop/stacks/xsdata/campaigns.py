"""The steps of script.py with the client that xsdata makes of the ?wsdl: one JSON line a step."""

import json
import subprocess
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from requests import Session
from xsdata.formats.dataclass.client import Client
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.transports import DefaultTransport

FIELDS = ["Id", "Name", "StartDate", "EndDate", "DailyBudget", "NegativeKeywords"]


def generated(address: str) -> Any:
    """The package that is made of the description, in the current folder."""
    options = ["--package", "made", "--structure-style", "single-package"]
    command = [sys.executable, "-m", "xsdata", "generate", f"{address}/v5/campaigns?wsdl", *options]
    subprocess.run(command, check=True, capture_output=True)
    sys.path.insert(0, "")
    import made

    return made


class Campaigns:
    """The service with a token."""

    def __init__(self, generated_module: Any, token: str) -> None:
        session = Session()
        session.headers["Authorization"] = f"Bearer {token}"
        self.generated_module = generated_module
        self._transport = DefaultTransport(timeout=60, session=session)

    def call(self, operation: str, **params: Any) -> Any:
        """The body of the answer, which holds a response or a fault."""
        service = getattr(self.generated_module, f"CampaignsPort{operation.capitalize()}")
        # No description mentions the Header of an envelope, which SOAP allows everywhere.
        parser = XmlParser(config=ParserConfig(fail_on_unknown_properties=False))
        client = Client(Client.from_service(service).config, transport=self._transport, parser=parser)
        request = getattr(self.generated_module, f"{operation.capitalize()}Request")(**params)
        return client.send(service.input(body=service.input.Body(**{f"{operation}_request": request}))).body

    def get(self, names: list[str], **params: Any) -> Any:
        """A response of get."""
        field_names = [self.generated_module.CampaignFieldEnum(name) for name in names]
        return self.call("get", field_names=field_names, **params).get_response


def plain(value: Any) -> Any:
    """A value with the names of the description, without what is None: there is no telling why it is."""
    if is_dataclass(value):
        named = {field.metadata.get("name", field.name): getattr(value, field.name) for field in fields(value)}
        return {name: plain(inner) for name, inner in named.items() if inner is not None}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value


def tell(step: str, result: Any) -> None:
    """Prints a step."""
    print(json.dumps({"step": step, "result": plain(result)}, ensure_ascii=False))


def refused(body: Any) -> dict[str, Any]:
    """What the fault of a call says."""
    fault_response = body.fault.detail.fault_response
    return {"text": body.fault.faultstring, "code": fault_response.error_code, "detail": fault_response.error_detail}


def pages(campaigns: Campaigns) -> list[int]:
    """The ids of all campaigns."""
    ids: list[int] = []
    page = campaigns.generated_module.LimitOffset(limit=3)
    while True:
        page_result = campaigns.get(["Id"], page=page)
        ids += [campaign.id for campaign in page_result.campaigns]
        if page_result.limited_by is None:
            return ids
        page.offset = page_result.limited_by


def main(address: str) -> None:
    """Takes the steps."""
    generated_module = generated(address)
    campaigns = Campaigns(generated_module, "demo-token")
    campaign_criteria = generated_module.CampaignsSelectionCriteria(ids=[700000001])
    settings = [generated_module.TextCampaignFieldEnum.SETTINGS]
    tell("get", campaigns.get(FIELDS, selection_criteria=campaign_criteria, text_campaign_field_names=settings))
    texts = generated_module.TextCampaignAddItem()
    new = [
        generated_module.CampaignAddItem(name="Скамейки & <столы>", start_date="2026-10-01", text_campaign=texts),
        generated_module.CampaignAddItem(name="Прошлогодняя", start_date="2025-10-01", text_campaign=texts),
    ]
    added = campaigns.call("add", campaigns=new).add_response.add_results
    tell("add", added)
    renamed = [
        generated_module.CampaignUpdateItem(id=700000001, name="Новая"),
        generated_module.CampaignUpdateItem(id=1, name="Нет такой"),
    ]
    tell("update", campaigns.call("update", campaigns=renamed).update_response.update_results)
    cleared = generated_module.CampaignUpdateItem(id=700000001, daily_budget=None)
    campaigns.call("update", campaigns=[cleared])
    tell("clear", campaigns.get(["Id", "Name", "DailyBudget"], selection_criteria=campaign_criteria))
    criteria = generated_module.IdsCriteria(ids=[added[0].id, 1])
    tell("delete", campaigns.call("delete", selection_criteria=criteria).delete_response.delete_results)
    names = [generated_module.CampaignFieldEnum.ID]
    tell("fault", refused(campaigns.call("get", field_names=names, page=generated_module.LimitOffset(limit=10_001))))
    tell("token", refused(Campaigns(generated_module, "nobodys").call("get", field_names=names)))
    tell("pages", pages(campaigns))


if __name__ == "__main__":
    main(sys.argv[1])
