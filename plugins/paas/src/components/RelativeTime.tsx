import { absoluteTime, age, relativeTime } from '../model/relativeTime';
import { useNow } from '../live/clock';

/** `5 minutes ago`, with the absolute time in the viewer's zone on hover. */
export function RelativeTime(props: { time: string }) {
  const now = useNow();
  return (
    <time dateTime={props.time} title={absoluteTime(props.time)}>
      {relativeTime(props.time, now)}
    </time>
  );
}

/** `for 5 minutes`, of a state that goes on, with the absolute time of its beginning on hover. */
export function LastingTime(props: { since: string }) {
  const now = useNow();
  return (
    <time dateTime={props.since} title={`since ${absoluteTime(props.since)}`}>
      for {age(props.since, now)}
    </time>
  );
}
