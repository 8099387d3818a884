import {
  createContext,
  ReactNode,
  useContext,
  useEffect,
  useState,
} from 'react';
import { browserClock, LiveClock } from '../api/createLiveUpdates';

const ClockContext = createContext<LiveClock>(browserClock);

/** Gives the views below another clock; tests and the screenshot page hold time still with it. */
export function ClockProvider(props: {
  clock: LiveClock;
  children: ReactNode;
}) {
  return (
    <ClockContext.Provider value={props.clock}>
      {props.children}
    </ClockContext.Provider>
  );
}

export function useClock(): LiveClock {
  return useContext(ClockContext);
}

const TICK = 10_000;

/** The time, refreshed often enough for texts such as `5 minutes ago`. Moves no data: only texts are written anew. */
export function useNow(): Date {
  const clock = useClock();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      cancel = clock.setTimer(() => {
        setNow(clock.now());
        tick();
      }, TICK);
    };
    tick();
    return () => cancel();
  }, [clock]);
  return now;
}
