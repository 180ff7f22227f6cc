import { takeSeat, type Seat } from '../stories/takeSeat.ts';
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
  for (const page of viewer.context.pages()) if (page.url() === TALK) await page.close();
  await viewer.worker.evaluate(() => chrome.storage.local.remove('deviceToken'));
  await viewer.setServer(urlOf(server));
  const seat = await takeSeat(viewer, TALK);
  await seat.panel.enterLobby(viewer.person.name);
  return seat;
}
