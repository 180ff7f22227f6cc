import { CAST } from '../media/cast.ts';
import type { Seat } from '../stories/takeSeat.ts';
import type { HostName } from './layNetwork.ts';
import { recordSeat, type RecordedSeat } from './recordSeat.ts';

/** Both sides of a call, recorded. */
export type RecordedPair = readonly [ada: RecordedSeat, ben: RecordedSeat];

export async function recordPair(seats: Readonly<Record<HostName, Seat>>): Promise<RecordedPair> {
  return [await recordSeat(seats.ada, CAST.ben), await recordSeat(seats.ben, CAST.ada)];
}
