// The steps of script.py with node's soap, from nothing but the ?wsdl: one JSON line a step.
'use strict';

const soap = require('soap');

async function client(address, token) {
  const made = await soap.createClientAsync(`${address}/v5/campaigns?wsdl`);
  made.addHttpHeader('Authorization', `Bearer ${token}`);
  // The first of what a call gives is the result; the rest are the raw messages.
  return (operation, params) => made[`${operation}Async`](params).then(([result]) => result);
}

function tell(step, result) {
  console.log(JSON.stringify({ step, result }));
}

async function refused(call) {
  try {
    await call();
  } catch (error) {
    const { faultstring, detail } = error.root.Envelope.Body.Fault;
    const { errorCode, errorDetail } = detail.FaultResponse;
    return { text: faultstring, code: errorCode, detail: errorDetail };
  }
  throw new Error('no fault');
}

async function pages(call) {
  const ids = [];
  for (let offset = 0; offset !== undefined; ) {
    const found = await call('get', { FieldNames: ['Id'], Page: { Limit: 3, Offset: offset } });
    ids.push(...found.Campaigns.map((campaign) => campaign.Id));
    offset = found.LimitedBy;
  }
  return ids;
}

async function main(address) {
  const call = await client(address, 'demo-token');
  const one = { Ids: [700000001] };

  tell('get', await call('get', {
    SelectionCriteria: one,
    FieldNames: ['Id', 'Name', 'StartDate', 'EndDate', 'DailyBudget', 'NegativeKeywords'],
    TextCampaignFieldNames: ['Settings'],
  }));

  const { AddResults: added } = await call('add', {
    Campaigns: [
      { Name: 'Скамейки & <столы>', StartDate: '2026-10-01', TextCampaign: {} },
      { Name: 'Прошлогодняя', StartDate: '2025-10-01', TextCampaign: {} },
    ],
  });
  tell('add', added);

  const { UpdateResults: updated } = await call('update', {
    Campaigns: [{ Id: 700000001, Name: 'Новая' }, { Id: 1, Name: 'Нет такой' }],
  });
  tell('update', updated);

  await call('update', { Campaigns: [{ Id: 700000001, DailyBudget: null }] });
  tell('clear', await call('get', { SelectionCriteria: one, FieldNames: ['Id', 'Name', 'DailyBudget'] }));

  const { DeleteResults: deleted } = await call('delete', { SelectionCriteria: { Ids: [added[0].Id, 1] } });
  tell('delete', deleted);

  tell('fault', await refused(() => call('get', { FieldNames: ['Id'], Page: { Limit: 10001 } })));
  const stranger = await client(address, 'nobodys');
  tell('token', await refused(() => stranger('get', { FieldNames: ['Id'] })));
  tell('pages', await pages(call));
}

main(process.argv[2]);
