import { ok } from '../../shared/result.ts';
import type { Directory, Lease } from '../ports/directory.ts';

/** For a node that is alone: every lobby is its own, and nothing is ever lost. */
export function localDirectory(): Directory {
  return {
    self: null,
    own: () => Promise.resolve(ok(unlosable())),
    counts: () => Promise.resolve(new Map()),
    announceChange: () => Promise.resolve(),
    works: () => Promise.resolve(true),
    close: () => undefined,
  };
}

function unlosable(): Lease {
  let released = false;
  return {
    epoch: 1,
    lost: new AbortController().signal,
    holds: () => !released,
    confirm: () => Promise.resolve(!released),
    release: () => {
      released = true;
      return Promise.resolve();
    },
  };
}
