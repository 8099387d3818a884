import { EndingEventSink } from './eventStream';

/** A sink that keeps the data of every event, for callers who take an answer and no stream. */
export function collectEvents<Message>(parse: (data: string) => Message): {
  readonly sink: EndingEventSink;
  /** All of them, once the stream has ended. */
  readonly messages: Promise<readonly Message[]>;
} {
  const heard: Message[] = [];
  let finish = () => {};
  const messages = new Promise<readonly Message[]>(resolve => {
    finish = () => resolve(heard);
  });
  const write = (text: string) => {
    for (const [, data] of text.matchAll(/^data: (.*)$/gm)) {
      heard.push(parse(data));
    }
    return true;
  };
  return { sink: { write, end: finish, finish }, messages };
}
