import { StreamChange } from './StreamChange';
import { StreamConnection } from './StreamConnection';
import { Topic } from './Topic';

/** A reader that stops reading when the test says so. */
function createReader() {
  const lines: string[] = [];
  let isReading = true;
  return {
    lines,
    stopReading: () => {
      isReading = false;
    },
    read: () => {
      isReading = true;
    },
    write(text: string) {
      lines.push(text);
      return isReading;
    },
    end() {
      lines.push('end');
    },
  };
}

/** A topic that says what it was asked. */
const topic: Topic = {
  name: 'applications',
  state: () => 'state',
  resume: missed => `missed ${[...missed].map(({ key }) => key)}`,
  changes: changes => `changed ${[...changes].map(({ key }) => key)}`,
  concerns: () => true,
};

const change = (key: string): StreamChange => ({
  kind: 'application',
  key,
});

function start() {
  const reader = createReader();
  const connection = new StreamConnection(reader, number => `id-${number}`);
  return { reader, connection };
}

describe('StreamConnection', () => {
  it('sends the complete state first, then changes', () => {
    const { reader, connection } = start();
    connection.subscribe(topic);
    connection.pump();
    connection.accept([change('a'), change('b')], 1);
    expect(reader.lines).toEqual([
      'id: id-0\ndata: state\n\n',
      'id: id-1\ndata: changed a,b\n\n',
    ]);
  });

  it('tells a returning reader what it missed', () => {
    const { reader, connection } = start();
    connection.subscribe(topic, new Map([['a', change('a')]]));
    connection.pump();
    expect(reader.lines).toEqual(['id: id-0\ndata: missed a\n\n']);
  });

  it('writes nothing to a reader that is behind, and tells it everything as one later', () => {
    const { reader, connection } = start();
    connection.subscribe(topic);
    connection.pump();
    reader.stopReading();
    connection.accept([change('a')], 1);
    connection.accept([change('b')], 2);
    connection.accept([change('b'), change('c')], 3);
    expect(reader.lines).toHaveLength(2);
    reader.read();
    connection.drained();
    expect(reader.lines.slice(2)).toEqual(['id: id-3\ndata: changed b,c\n\n']);
  });

  it('lets a reader that is far behind begin anew instead of queueing', () => {
    const { reader, connection } = start();
    connection.subscribe(topic);
    connection.pump();
    reader.stopReading();
    connection.accept([change('first')], 1);
    for (let number = 2; number < 5_000; number += 1) {
      connection.accept([change(`application-${number}`)], number);
    }
    reader.read();
    connection.drained();
    expect(reader.lines.slice(2)).toEqual([
      'data: {"type":"resync","topic":"applications"}\n\n',
      'id: id-4999\ndata: state\n\n',
    ]);
  });

  it('lets a reader resume only where it has seen everything', () => {
    const { reader, connection } = start();
    connection.subscribe(topic);
    connection.subscribe({ ...topic, name: 'other' });
    connection.pump();
    expect(reader.lines.map(line => line.startsWith('id:'))).toEqual([
      false,
      true,
    ]);
  });

  it('drops short messages of a reader that does not read', () => {
    const { reader, connection } = start();
    reader.stopReading();
    for (let number = 0; number < 1_000; number += 1) {
      connection.notify('heartbeat');
      connection.pump();
    }
    reader.read();
    connection.drained();
    expect(reader.lines.length).toBeLessThanOrEqual(21);
  });

  it('announces new rules by a new state', () => {
    const { reader, connection } = start();
    connection.subscribe(topic);
    connection.pump();
    connection.replace(topic);
    connection.pump();
    expect(reader.lines.slice(1)).toEqual([
      'data: {"type":"resync","topic":"applications"}\n\n',
      'id: id-0\ndata: state\n\n',
    ]);
  });
});
