<?php
// The steps of script.py with PHP's own SoapClient, from nothing but the ?wsdl: one JSON line a step.

function client(string $address, string $token): SoapClient
{
    $context = stream_context_create(['http' => ['header' => "Authorization: Bearer $token"]]);
    // Without SOAP_SINGLE_ELEMENT_ARRAYS a list of one object is the object itself.
    return new SoapClient("$address/v5/campaigns?wsdl", [
        'cache_wsdl' => WSDL_CACHE_NONE,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        'stream_context' => $context,
    ]);
}

function tell(string $step, mixed $result): void
{
    echo json_encode(['step' => $step, 'result' => $result], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR), "\n";
}

function refused(callable $call): array
{
    try {
        $call();
    } catch (SoapFault $fault) {
        $detail = $fault->detail->FaultResponse;
        return ['text' => $fault->faultstring, 'code' => $detail->errorCode, 'detail' => $detail->errorDetail];
    }
    throw new RuntimeException('no fault');
}

function pages(SoapClient $campaigns): array
{
    $ids = [];
    $page = ['Limit' => 3];
    do {
        $found = $campaigns->get(['FieldNames' => ['Id'], 'Page' => $page]);
        $ids = array_merge($ids, array_column($found->Campaigns, 'Id'));
        $page['Offset'] = $found->LimitedBy ?? null;
    } while ($page['Offset'] !== null);
    return $ids;
}

[, $address] = $argv;
$campaigns = client($address, 'demo-token');
$one = ['Ids' => [700000001]];

tell('get', $campaigns->get([
    'SelectionCriteria' => $one,
    'FieldNames' => ['Id', 'Name', 'StartDate', 'EndDate', 'DailyBudget', 'NegativeKeywords'],
    'TextCampaignFieldNames' => ['Settings'],
]));

$added = $campaigns->add(['Campaigns' => [
    ['Name' => 'Скамейки & <столы>', 'StartDate' => '2026-10-01', 'TextCampaign' => []],
    ['Name' => 'Прошлогодняя', 'StartDate' => '2025-10-01', 'TextCampaign' => []],
]])->AddResults;
tell('add', $added);

tell('update', $campaigns->update(['Campaigns' => [
    ['Id' => 700000001, 'Name' => 'Новая'],
    ['Id' => 1, 'Name' => 'Нет такой'],
]])->UpdateResults);

$campaigns->update(['Campaigns' => [['Id' => 700000001, 'DailyBudget' => null]]]);
tell('clear', $campaigns->get(['SelectionCriteria' => $one, 'FieldNames' => ['Id', 'Name', 'DailyBudget']]));

tell('delete', $campaigns->delete(['SelectionCriteria' => ['Ids' => [$added[0]->Id, 1]]])->DeleteResults);
tell('fault', refused(fn() => $campaigns->get(['FieldNames' => ['Id'], 'Page' => ['Limit' => 10001]])));
tell('token', refused(fn() => client($address, 'nobodys')->get(['FieldNames' => ['Id']])));
tell('pages', pages($campaigns));
