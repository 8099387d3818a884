import { StreamMessage } from '@understage/plugin-paas-common';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import { sampleSummary } from '../__testUtils__/samples';
import { noon } from '../__testUtils__/noon';
import { createLiveUpdates } from './createLiveUpdates';

const settled = () => new Promise(resolve => setTimeout(resolve, 5));

function start(api: FakePaasApi) {
  const live = createLiveUpdates({
    stream: (topics, handlers) => api.stream(topics, handlers),
    clock: noon,
  });
  const listen = (topic: string) => {
    const heard: { message: StreamMessage; complete: boolean }[] = [];
    const stop = live.subscribe(topic, {
      onMessage: (message, complete) => heard.push({ message, complete }),
    });
    return { heard, stop };
  };
  return { live, listen };
}

describe('the live stream of a tab', () => {
  const application = 'application/local/team-shop/user-service';
  let api: FakePaasApi;

  beforeEach(() => {
    api = new FakePaasApi([sampleSummary()]);
  });

  it('is not opened before somebody listens', async () => {
    const { live } = start(api);
    await settled();

    expect(api.openTopics).toEqual([]);
    expect(live.connection()).toEqual({ kind: 'idle' });
  });

  it('is one, however many topics are on screen', async () => {
    const { listen } = start(api);
    const list = listen('applications');
    const page = listen(application);
    await settled();

    expect(api.openTopics).toEqual([[application, 'applications']]);
    list.stop();
    page.stop();
  });

  it('begins each topic with its complete state, and goes on with changes', async () => {
    const { listen } = start(api);
    const list = listen('applications');
    await settled();

    api.put(sampleSummary({ state: 'Failed' }));

    expect(list.heard.map(({ complete }) => complete)).toEqual([true, false]);
    list.stop();
  });

  it('brings the complete state again after a resync', async () => {
    const { listen } = start(api);
    const list = listen('applications');
    await settled();

    api.send({ type: 'resync', topic: 'applications' });
    api.put(sampleSummary());

    expect(list.heard.map(({ complete }) => complete)).toEqual([
      true,
      false,
      true,
    ]);
    list.stop();
  });

  it('tells each listener only of its own topic', async () => {
    const { listen } = start(api);
    const list = listen('applications');
    const page = listen(application);
    await settled();

    expect(page.heard.map(({ message }) => message.type)).toEqual([
      'application',
    ]);
    expect(list.heard.map(({ message }) => message.type)).toEqual([
      'applications',
    ]);
    list.stop();
    page.stop();
  });

  it('is closed when nobody listens any more', async () => {
    const { live, listen } = start(api);
    const list = listen('applications');
    await settled();

    list.stop();
    await settled();

    expect(api.openTopics).toEqual([]);
    expect(live.connection()).toEqual({ kind: 'idle' });
  });

  it('says since when it is interrupted, and forgets it when it is up again', async () => {
    const { live, listen } = start(api);
    const list = listen('applications');
    await settled();

    api.cutStreams('the network is gone');
    expect(live.connection()).toEqual({
      kind: 'interrupted',
      since: '2026-11-20T12:00:00.000Z',
      why: 'the network is gone',
    });

    api.restoreStreams();
    expect(live.connection().kind).toBe('live');
    list.stop();
  });

  it('says why when the server refuses it for good, and tries again when asked', async () => {
    const { live, listen } = start(api);
    api.fail('stream', new Error('You may not listen.'));
    const list = listen('applications');
    await settled();
    expect(live.connection()).toMatchObject({
      kind: 'interrupted',
      why: 'You may not listen.',
    });

    api.fail('stream', undefined);
    live.reconnect();
    await settled();

    expect(live.connection().kind).toBe('live');
    list.stop();
  });
});
