import type { Millis } from '../../shared/ids.ts';

/** On this machine's clock: who left a conversation early meets nobody until then. */
export function notBefore(
  { notBeforeMs }: { readonly notBeforeMs?: Millis | undefined },
  now: Millis,
): { readonly notBefore?: Millis } {
  return notBeforeMs === undefined ? {} : { notBefore: now + notBeforeMs };
}
