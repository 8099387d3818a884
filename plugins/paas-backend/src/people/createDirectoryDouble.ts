import { Directory, People } from './Directory';

/** A directory that tests fill by hand. As the real one, it knows nothing before the first reading. */
export interface DirectoryDouble extends Directory {
  /** Replaces who there is; what was read before stays what was read last. */
  set(...refs: string[]): void;
  /** Makes it unreadable. */
  fail(why: string): void;
}

export function createDirectoryDouble(...refs: string[]): DirectoryDouble {
  let people: People = { kind: 'known', refs: new Set(refs) };
  let last: People | undefined;
  return {
    async read() {
      last = people;
      return people;
    },
    latest: () => last,
    set(...next) {
      people = { kind: 'known', refs: new Set(next) };
    },
    fail(why) {
      people = { kind: 'unknown', why };
    },
  };
}
