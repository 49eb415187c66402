// SPDX-License-Identifier: Apache-2.0
// @bitrix24/b24jssdk against the Bitrix24 sandbox: by an incoming webhook.
import assert from 'node:assert/strict';
import { B24Hook } from '@bitrix24/b24jssdk';
import { run, sandbox } from './sandbox.mjs';

run(async () => {
  const portal = B24Hook.fromWebhookUrl(sandbox.config.webhookUrl.replace(/\/$/, ''));
  const call = async (method, params) => {
    const answer = await portal.actions.v2.call.make({ method, params });
    assert.ok(answer.isSuccess, answer.getErrorMessages().join());
    return answer;
  };

  const contact = (
    await call('crm.contact.add', {
      fields: {
        NAME: 'Interop',
        LAST_NAME: 'Anna',
        PHONE: [{ VALUE: '+7 (916) 555-01-02', VALUE_TYPE: 'WORK' }],
      },
    })
  ).getData().result;
  const registered = (
    await call('telephony.externalCall.register', {
      USER_ID: 17,
      PHONE_NUMBER: '+79165550102',
      TYPE: 2,
      CRM_CREATE: 0,
      SHOW: 0,
    })
  ).getData().result;
  await call('telephony.externalCall.finish', {
    CALL_ID: registered.CALL_ID,
    USER_ID: 17,
    DURATION: 12,
    STATUS_CODE: '200',
  });

  const batch = await portal.actions.v2.batch.make({
    calls: { who: ['user.current', {}], found: ['crm.contact.list', { filter: { ID: contact }, select: ['ID', 'PHONE'] }] },
    options: { returnAjaxResult: false },
  });
  assert.ok(batch.isSuccess, batch.getErrorMessages().join());
  const found = batch.getData();

  const listed = await portal.actions.v2.callList.make({
    method: 'crm.contact.list',
    params: { select: ['ID', 'NAME'] },
    idKey: 'ID',
  });
  assert.ok(listed.isSuccess, listed.getErrorMessages().join());

  let fetched = 0;
  for await (const page of portal.actions.v2.fetchList.make({
    method: 'crm.contact.list',
    params: { select: ['ID'] },
    idKey: 'ID',
  })) {
    fetched += page.length;
  }

  const refused = await portal.actions.v2.call.make({ method: 'no.such.method', params: {} }).catch((e) => e);
  return {
    contact,
    call: registered.CALL_ID,
    who: found.who.ID,
    phone: found.found[0].PHONE[0].VALUE,
    listed: listed.getData().length,
    fetched,
    refused: refused.isSuccess === false ? refused.getErrorMessages().join() : String(refused.message),
  };
});
