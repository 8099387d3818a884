import { absoluteTime, relativeTime } from '../model/relativeTime';
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
