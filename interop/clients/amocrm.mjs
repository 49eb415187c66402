// SPDX-License-Identifier: Apache-2.0
// amocrm-js against the amoCRM sandbox: with a long-lived token, and as an integration.
import assert from 'node:assert/strict';
import amocrm from 'amocrm-js';
import { address, run, sandbox } from './sandbox.mjs';

const domain = address.hostname;
const { clientId, clientSecret, redirectUri, code } = sandbox.oauth;
const auth = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri };
const phone = (value) => ({ field_code: 'PHONE', values: [{ value, enum_code: 'WORK' }] });

async function cards(client) {
  const [made] = await client.contacts.create([
    { name: 'Interop Anna', custom_fields_values: [phone('+7 (916) 555-01-02')] },
  ]);
  const anna = await client.contacts.getById(made.id, { with: ['leads'] });
  assert.equal(anna.name, 'Interop Anna');
  assert.equal(anna.custom_fields_values[0].values[0].value, '+7 (916) 555-01-02');

  anna.name = 'Interop Anna Orlova';
  await anna.update();
  const again = await client.contacts.getById(made.id);
  assert.equal(again.name, 'Interop Anna Orlova');
  assert.equal(again.custom_fields_values[0].values[0].value, '+7 (916) 555-01-02');

  const lead = new client.Lead({ name: 'Interop lead', price: 100 });
  lead._embedded = { contacts: [{ id: made.id, is_main: true }] };
  await lead.save();
  const found = await client.leads.getById(lead.id, { with: ['contacts'] });
  assert.equal(found._embedded.contacts[0].id, made.id);

  const [task] = await client.leads.tasks.create([
    { text: 'Interop task', complete_till: 1893456000, entity_id: lead.id },
  ]);
  return { contact: made.id, lead: lead.id, task: task.id };
}

async function pages(client) {
  const names = new Set();
  const page = await client.contacts.get({ limit: 6 });
  page.getData().forEach((contact) => names.add(contact.id));
  while (page.hasNext()) {
    const before = page.getPage();
    await page.next();
    assert.equal(page.getPage(), before + 1);
    page.getData().forEach((contact) => names.add(contact.id));
  }
  return names.size;
}

async function calls(client, contact) {
  const call = {
    direction: 'inbound',
    duration: 12,
    source: 'interop',
    phone: '89165550102',
    uniq: 'interop-1',
    request_id: 'first',
  };
  const { data } = await client.request.post('/api/v4/calls', [call]);
  assert.equal(data.errors.length, 0);
  assert.equal(data._embedded.calls[0].request_id, 'first');
  const { data: notes } = await client.request.get(`/api/v4/leads/notes`, {
    filter: { note_type: ['call_in'] },
  });
  const { data: none } = await client.request.get('/api/v4/contacts', { query: 'nobody is called like this' });
  assert.deepEqual(none, {}, 'an empty list is no content');
  await assert.rejects(
    client.request.post('/api/v4/contacts', [{ name: 'x', unheard_of: 1 }]),
    (e) => e.data['validation-errors'][0].errors[0].code === 'FieldNotExpected',
  );
  return { note: data._embedded.calls[0].id, onLead: notes._embedded.notes[0].params.uniq, contact };
}

async function integration() {
  const client = new amocrm.Client({ domain, auth: { ...auth, code } });
  await client.connection.connect();
  const first = client.token.getValue();
  const { data } = await client.request.get('/api/v4/account');
  await client.token.refresh();
  const second = client.token.getValue();
  assert.notEqual(first.access_token, second.access_token);
  await client.request.get('/api/v4/account');

  client.token.setValue(first);
  await assert.rejects(client.token.refresh(), (e) => e.data.status === 401 && e.data.hint === 'Token has been revoked');
  return data.subdomain;
}

run(async () => {
  const client = new amocrm.Client({ domain, auth: { ...auth, bearer: sandbox.config.token } });
  const made = await cards(client);
  const call = await calls(client, made.contact);
  return { ...made, call, contacts: await pages(client), subdomain: await integration() };
});
