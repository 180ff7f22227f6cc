import { CLOSE } from '../../shared/protocol/closeCodes.ts';

/** RFC 6455, section 7.4.1: those that are really met. */
const STANDARD: readonly number[] = [1000, 1001, 1002, 1005, 1006, 1007, 1008, 1009, 1011];
const OURS = new Map<number, string>(Object.entries(CLOSE).map(([name, code]) => [code, name]));

/** A client may close with any code it likes; only those with a meaning get a label of their own. */
export function closeCodeLabel(code: number): string {
  return OURS.get(code) ?? (STANDARD.includes(code) ? String(code) : 'other');
}
