import { LogMessage } from '@understage/plugin-paas-common';
import { collectLogs } from './collectLogs';

const source = { pod: 'web-1', container: 'web' };
const linesOf = (text: string): LogMessage => ({
  type: 'lines',
  ...source,
  lines: [{ text }],
});
const eventOf = (message: LogMessage) => `data: ${JSON.stringify(message)}\n\n`;

describe('logs for who takes one answer', () => {
  it('are what was said, without the signs of life', async () => {
    const { sink, messages } = collectLogs();
    const said: LogMessage[] = [linesOf('hello\ndata: no'), { type: 'end' }];
    const at = '2026-11-23T10:00:00Z';
    sink.write(eventOf({ type: 'heartbeat', at }));
    said.forEach(message => sink.write(eventOf(message)));
    sink.finish();
    expect(await messages).toEqual(said);
  });

  it('end where there is no room for more, and say so', async () => {
    const { sink, messages, full } = collectLogs(300);
    const long = linesOf('x'.repeat(200));
    expect(sink.write(eventOf(long))).toBe(true);
    expect(sink.write(eventOf(long))).toBe(false);
    await full;
    sink.end();
    const message = expect.stringContaining('more than the 300 characters');
    expect(await messages).toEqual([long, long, { type: 'end', message }]);
  });

  it('say that they broke off', async () => {
    const { sink, messages } = collectLogs();
    sink.write(eventOf(linesOf('hello')));
    sink.end();
    expect((await messages).at(-1)).toEqual({
      type: 'end',
      message: expect.stringContaining('broke off'),
    });
  });
});
