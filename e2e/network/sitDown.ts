import { takeSeat, type Seat } from '../stories/takeSeat.ts';
import { expectToMeet } from '../stories/perceive.ts';
import { TALK, type Place } from './openPlace.ts';
import type { HostName } from './layNetwork.ts';
import { urlOf, type ServerName } from './startServices.ts';

/** Both beside the talk; the same machines as in earlier stories, but people whom no server knows. */
export async function sitDown(
  place: Place,
  server: ServerName,
): Promise<Readonly<Record<HostName, Seat>>> {
  const [ada, ben] = await Promise.all([
    sitDownAlone(place, 'ada', server),
    sitDownAlone(place, 'ben', server),
  ]);
  return { ada, ben };
}

export async function sitDownAlone(
  place: Place,
  host: HostName,
  server: ServerName,
): Promise<Seat> {
  const viewer = place.viewer(host);
  for (const page of viewer.context.pages().slice(1)) await page.close();
  await viewer.worker.evaluate(() => chrome.storage.local.remove('deviceToken'));
  await viewer.setServer(urlOf(server));
  const seat = await takeSeat(viewer, TALK);
  await seat.panel.enterLobby(viewer.person.name);
  return seat;
}

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
