import { expectToMeet } from '../stories/perceive.ts';
import type { Seat } from '../stories/takeSeat.ts';
import type { HostName } from './layNetwork.ts';
import type { Place } from './openPlace.ts';
import { sitDown } from './sitDown.ts';
import type { ServerName } from './startServices.ts';

/** Both in a call in which each sees and hears the other. */
export async function meet(
  place: Place,
  server: ServerName,
): Promise<Readonly<Record<HostName, Seat>>> {
  const seats = await sitDown(place, server);
  await Promise.all([seats.ada.panel.pressReady(), seats.ben.panel.pressReady()]);
  await expectToMeet(seats.ada, seats.ben);
  return seats;
}
