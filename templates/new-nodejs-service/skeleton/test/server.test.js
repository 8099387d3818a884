import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { createService } from '../src/server.js';

const service = createService();
let url;

before(async () => {
  service.server.listen(0, '127.0.0.1');
  await once(service.server, 'listening');
  url = `http://127.0.0.1:${service.server.address().port}`;
});
after(() => service.stop());

test('answers its paths, and no others', async () => {
  for (const path of ['/', '/healthz', '/readyz']) {
    assert.equal((await fetch(url + path)).status, 200);
  }
  assert.equal((await fetch(`${url}/constructor`)).status, 404);
});

test('counts requests by status', async () => {
  const text = await (await fetch(`${url}/metrics`)).text();
  assert.match(text, /http_requests_total\{status="200"\} \d+/);
  assert.match(text, /http_requests_total\{status="404"\} \d+/);
});
