// SPDX-License-Identifier: Apache-2.0
// jsforce against the Salesforce sandbox: OAuth, and what it speaks of SOAP.
import assert from 'node:assert/strict';
import jsforce from 'jsforce';
import { run, sandbox } from './sandbox.mjs';

const { clientId, clientSecret } = sandbox.config.oauth;
const version = '64.0';

async function byApp() {
  const oauth2 = { loginUrl: sandbox.url, clientId, clientSecret };
  const org = new jsforce.Connection({ version, oauth2 });
  const who = await org.authorize({ grant_type: 'client_credentials' });
  const user = await org.soap.getUserInfo();
  assert.equal(user.userId, who.id);
  const time = await org.soap.getServerTimestamp();
  assert.match(time.timestamp, /Z$/);
  return org;
}

async function byPassword() {
  const org = new jsforce.Connection({ version, loginUrl: sandbox.url });
  const who = await org.login(sandbox.username, sandbox.password);
  const session = org.accessToken;
  await org.logoutBySoap();
  const ended = new jsforce.Connection({ version, instanceUrl: sandbox.url, accessToken: session });
  await assert.rejects(ended.soap.getUserInfo(), /INVALID_SESSION_ID/);
  await assert.rejects(
    new jsforce.Connection({ version: '65.0', loginUrl: sandbox.url }).login(sandbox.username, sandbox.password),
    /not available in the API version/,
  );
  return who.id;
}

async function records(org) {
  const contact = { type: 'Contact', LastName: 'Interop <&> Anna', Phone: '+7 (916) 555-01-02' };
  const [anna, bad] = await org.soap.create([contact, { type: 'Contact', FirstName: 'Nobody' }]);
  assert.equal(anna.success, true);
  assert.equal(bad.success, false);
  assert.equal(bad.errors[0].statusCode, 'REQUIRED_FIELD_MISSING');

  const call = (subject) => ({
    type: 'Task',
    Subject: subject,
    TaskSubtype: 'Call',
    CallDurationInSeconds: 12,
    Status: 'Completed',
    WhoId: anna.id,
    Call_Id__c: 'interop-1',
  });
  const first = await org.soap.upsert('Call_Id__c', [call('First')]);
  const second = await org.soap.upsert('Call_Id__c', [call('Second')]);
  assert.equal(first[0].created, true);
  assert.equal(second[0].created, false);
  assert.equal(second[0].id, first[0].id);

  const [updated] = await org.soap.update([{ type: 'Task', Id: first[0].id, CallDisposition: 'Answered', Priority: 'High' }]);
  assert.equal(updated.success, true);
  await assert.rejects(org.soap.create([{ type: 'Task', Foo__c: 'x' }]), /INVALID_FIELD/);
  return { contact: anna.id, task: first[0].id };
}

async function bin(org) {
  const [lead] = await org.soap.create([{ type: 'Lead', LastName: 'Interop Boris', Company: 'B', Phone: '89165550103' }]);
  const [gone] = await org.soap.delete([lead.id]);
  assert.equal(gone.success, true);
  const [twice] = await org.soap.delete([lead.id]);
  assert.equal(twice.errors[0].statusCode, 'ENTITY_IS_DELETED');
  await org.soap.undelete([lead.id]);
  const converted = await org.soap.convertLead([
    { leadId: lead.id, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true },
  ]);
  assert.equal(converted[0].success, true);
  return { lead: lead.id, converted: converted[0].contactId };
}

run(async () => {
  const org = await byApp();
  const made = { ...(await records(org)), ...(await bin(org)) };
  return { ...made, user: await byPassword() };
});
