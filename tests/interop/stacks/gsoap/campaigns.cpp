// The steps of script.py with the client that gSOAP makes of the ?wsdl: one JSON line a step.
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "CampaignsSOAP.nsmap"
#include "soapCampaignsSOAPProxy.h"

typedef ns1__CampaignFieldEnum Field;
typedef std::vector<std::pair<std::string, std::string>> Members;

static const LONG64 CAMPAIGN = 700000001;

// Nothing in its types says nil, but whatever is written by soap_out may be it.
class Nil : public ns1__DailyBudget {
    int soap_out(struct soap *soap, const char *tag, int, const char *) const override {
        return soap_element_nil(soap, tag);
    }
};

// --- JSON ----------------------------------------------------------------------------------------------------------

static std::string quoted(const std::string &text) {
    std::string json = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        json += c;
    }
    return json + "\"";
}

static std::string object(const Members &members) {
    std::string json;
    for (const auto &member : members) json += (json.empty() ? "" : ",") + quoted(member.first) + ":" + member.second;
    return "{" + json + "}";
}

template <typename T, typename Shown> static std::string list(const std::vector<T> &items, Shown shown) {
    std::string json;
    for (const T &item : items) json += (json.empty() ? "" : ",") + shown(item);
    return "[" + json + "]";
}

static void tell(const std::string &step, const std::string &result) {
    std::cout << object({{"step", quoted(step)}, {"result", result}}) << "\n";
}

// --- what is read --------------------------------------------------------------------------------------------------

static std::string shown(const ns1__TextCampaignSettingGet *setting) {
    return object({{"Option", quoted(soap_ns1__TextCampaignSettingsGetEnum2s(setting->soap, setting->Option))},
                   {"Value", quoted(soap_ns2__YesNoEnum2s(setting->soap, setting->Value))}});
}

static std::string shown(const ns1__CampaignGetItem *campaign) {
    Members members;
    if (campaign->Id) members.push_back({"Id", std::to_string(*campaign->Id)});
    if (campaign->Name) members.push_back({"Name", quoted(*campaign->Name)});
    if (campaign->StartDate) members.push_back({"StartDate", quoted(*campaign->StartDate)});
    if (campaign->EndDate) members.push_back({"EndDate", quoted(*campaign->EndDate)});
    if (const ns1__DailyBudget *budget = campaign->DailyBudget) {
        std::string mode = soap_ns1__DailyBudgetModeEnum2s(campaign->soap, budget->Mode);
        members.push_back({"DailyBudget", object({{"Amount", std::to_string(budget->Amount)}, {"Mode", quoted(mode)}})});
    }
    if (campaign->NegativeKeywords) {
        std::string items = list(campaign->NegativeKeywords->Items, quoted);
        members.push_back({"NegativeKeywords", object({{"Items", items}})});
    }
    if (campaign->TextCampaign) {
        auto each = [](const ns1__TextCampaignSettingGet *setting) { return shown(setting); };
        members.push_back({"TextCampaign", object({{"Settings", list(campaign->TextCampaign->Settings, each)}})});
    }
    return object(members);
}

static std::string shown(const ns2__ExceptionNotification *error) {
    Members members = {{"Code", std::to_string(error->Code)}, {"Message", quoted(error->Message)}};
    if (error->Details) members.push_back({"Details", quoted(*error->Details)});
    return object(members);
}

static std::string shown(const std::vector<ns2__ActionResult *> &outcomes) {
    return list(outcomes, [](const ns2__ActionResult *outcome) {
        Members members;
        if (outcome->Id) members.push_back({"Id", std::to_string(*outcome->Id)});
        auto each = [](const ns2__ExceptionNotification *error) { return shown(error); };
        if (!outcome->Errors.empty()) members.push_back({"Errors", list(outcome->Errors, each)});
        return object(members);
    });
}

// --- calls ---------------------------------------------------------------------------------------------------------

// A service with its token.  What it gives lives as long as it does.
class Campaigns {
  public:
    Campaigns(const std::string &address, const std::string &token)
        : address_(address + "/v5/campaigns"), header_("Authorization: Bearer " + token), proxy_(address_.c_str()) {
        soap_set_mode(proxy_.soap, SOAP_C_UTFSTRING);
    }

    ~Campaigns() { proxy_.destroy(); }

    _ns1__GetResponse get(_ns1__GetRequest request) {
        _ns1__GetResponse response;
        check(signed_().get(&request, response));
        return response;
    }

    std::vector<ns2__ActionResult *> add(const std::vector<ns1__CampaignAddItem *> &campaigns) {
        _ns1__AddRequest request;
        _ns1__AddResponse response;
        request.Campaigns = campaigns;
        check(signed_().add(&request, response));
        return response.AddResults;
    }

    std::vector<ns2__ActionResult *> update(const std::vector<ns1__CampaignUpdateItem *> &campaigns) {
        _ns1__UpdateRequest request;
        _ns1__UpdateResponse response;
        request.Campaigns = campaigns;
        check(signed_().update(&request, response));
        return response.UpdateResults;
    }

    std::vector<ns2__ActionResult *> remove(const std::vector<LONG64> &ids) {
        ns2__IdsCriteria criteria;
        _ns1__DeleteRequest request;
        _ns1__DeleteResponse response;
        criteria.Ids = ids;
        request.SelectionCriteria = &criteria;
        check(signed_().delete_(&request, response));
        return response.DeleteResults;
    }

    std::string refused(_ns1__GetRequest request) {
        _ns1__GetResponse response;
        // Not SOAP_FAULT: of a fault whose code it knows gSOAP makes a status of its own.
        if (signed_().get(&request, response) != SOAP_CLI_FAULT) throw std::runtime_error("no fault");
        const ns2__ApiExceptionMessage *detail = proxy_.soap_fault()->detail->ns2__FaultResponse;
        Members members = {{"text", quoted(proxy_.soap_fault_string())}, {"code", std::to_string(detail->errorCode)}};
        if (detail->errorDetail) members.push_back({"detail", quoted(*detail->errorDetail)});
        return object(members);
    }

  private:
    // gSOAP forgets the header with each call.
    CampaignsSOAPProxy &signed_() {
        proxy_.soap->http_extra_header = header_.c_str();
        return proxy_;
    }

    void check(int status) {
        if (status == SOAP_OK) return;
        std::ostringstream text;
        proxy_.soap_stream_fault(text);
        throw std::runtime_error(text.str());
    }

    const std::string address_, header_;
    CampaignsSOAPProxy proxy_;
};

static std::string one(Campaigns &campaigns, const std::vector<Field> &fields, bool settings) {
    ns1__CampaignsSelectionCriteria criteria;
    criteria.Ids = {CAMPAIGN};
    _ns1__GetRequest request;
    request.SelectionCriteria = &criteria;
    request.FieldNames = fields;
    if (settings) request.TextCampaignFieldNames = {ns1__TextCampaignFieldEnum::Settings};
    auto each = [](const ns1__CampaignGetItem *campaign) { return shown(campaign); };
    return object({{"Campaigns", list(campaigns.get(request).Campaigns, each)}});
}

static std::vector<ns2__ActionResult *> add(Campaigns &campaigns) {
    ns1__TextCampaignAddItem text;
    ns1__CampaignAddItem benches, past;
    benches.Name = "Скамейки & <столы>";
    benches.StartDate = "2026-10-01";
    past.Name = "Прошлогодняя";
    past.StartDate = "2025-10-01";
    benches.TextCampaign = past.TextCampaign = &text;
    return campaigns.add({&benches, &past});
}

static std::vector<ns2__ActionResult *> rename(Campaigns &campaigns) {
    std::string name = "Новая", nowhere = "Нет такой";
    ns1__CampaignUpdateItem renamed, missing;
    renamed.Id = CAMPAIGN;
    renamed.Name = &name;
    missing.Id = 1;
    missing.Name = &nowhere;
    return campaigns.update({&renamed, &missing});
}

static void clear(Campaigns &campaigns) {
    Nil nil;
    ns1__CampaignUpdateItem cleared;
    cleared.Id = CAMPAIGN;
    cleared.DailyBudget = &nil;
    campaigns.update({&cleared});
}

static std::string pages(Campaigns &campaigns) {
    std::vector<LONG64> ids;
    LONG64 limit = 3, offset = 0;
    ns2__LimitOffset page;
    page.Limit = &limit;
    page.Offset = &offset;
    _ns1__GetRequest request;
    request.FieldNames = {Field::Id};
    request.Page = &page;
    for (bool more = true; more;) {
        const _ns1__GetResponse found = campaigns.get(request);
        for (const ns1__CampaignGetItem *campaign : found.Campaigns) ids.push_back(*campaign->Id);
        more = found.LimitedBy != nullptr;
        if (more) offset = *found.LimitedBy;
    }
    return list(ids, [](LONG64 id) { return std::to_string(id); });
}

static std::string too_long_a_page(Campaigns &campaigns) {
    LONG64 limit = 10001;
    ns2__LimitOffset page;
    page.Limit = &limit;
    _ns1__GetRequest request;
    request.FieldNames = {Field::Id};
    request.Page = &page;
    return campaigns.refused(request);
}

int main(int, char **argv) {
    Campaigns campaigns(argv[1], "demo-token"), stranger(argv[1], "nobodys");
    const std::vector<Field> fields = {Field::Id,      Field::Name,        Field::StartDate,
                                       Field::EndDate, Field::DailyBudget, Field::NegativeKeywords};
    tell("get", one(campaigns, fields, true));
    const std::vector<ns2__ActionResult *> added = add(campaigns);
    tell("add", shown(added));
    tell("update", shown(rename(campaigns)));
    clear(campaigns);
    tell("clear", one(campaigns, {Field::Id, Field::Name, Field::DailyBudget}, false));
    tell("delete", shown(campaigns.remove({*added[0]->Id, 1})));
    tell("fault", too_long_a_page(campaigns));
    _ns1__GetRequest request;
    request.FieldNames = {Field::Id};
    tell("token", stranger.refused(request));
    tell("pages", pages(campaigns));
}
