import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import { startProcess } from '../../e2e/server/startProcess.ts';
import type { Figures } from '../figures.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import { startAttacker } from './attacker.ts';
import { messageTimes } from './messageTimes.ts';
import { readyTimes } from './readyTimes.ts';

const BARE_SERVER = fileURLToPath(new URL('bareServer.ts', import.meta.url));
/** Longer than the measurement: nobody's call ends meanwhile. */
const CALL_SECONDS = 900;

/**
 * One attacker does everything at ten times the limits: frames, bytes, malformed frames, joins, and the
 * broker. What that costs the others is measured in two ways: how long they wait for a match in a full
 * lobby, and how long a message takes among few people, where a bare server of Node's that does
 * nothing else stands beside it.
 */
export async function flood(): Promise<Figures> {
  console.error(`The machine's load is ${loadavg()[0]?.toFixed(1)} …`);
  const foyer = await startFoyer();
  const other = await startProcess({ args: [BARE_SERVER] });
  const attacker = startAttacker();
  const hall = async (name: string): Promise<LobbyPlace> => {
    const addresses = [{ url: `https://conf.example/${name}` }];
    const body = { title: name, addresses, callSeconds: CALL_SECONDS };
    const { event } = await registerEvent(foyer.url, body);
    return { server: foyer.url, eventId: event.eventId };
  };
  try {
    const elsewhere = { server: other.url, eventId: 'anyevent1234' };
    const messages = await messageTimes(attacker, {
      foyer: await hall('small'),
      bare: elsewhere,
    });
    const ready = await readyTimes(attacker, {
      honest: await hall('large'),
      here: await hall('attacked'),
      elsewhere,
    });
    return report(ready, messages);
  } finally {
    await attacker.end();
    await Promise.all([foyer.close(), other.stop()]);
  }
}

function report(
  ready: Awaited<ReturnType<typeof readyTimes>>,
  messages: Awaited<ReturnType<typeof messageTimes>>,
): Figures {
  console.error(`The p99 from the second ready to both matched, 100 a second among 5,000:
  nobody attacks          ${ready.quiet.toFixed(1)} ms
  another server attacked ${ready.elsewhere.toFixed(1)} ms
  this server attacked    ${ready.here.toFixed(1)} ms; the bar is 1.2 times that of nobody
The p99 of a message's delay among 200, without and with the attack:
  Foyer                   ${messages.foyer.toFixed(1)} ms, ${messages.foyerAttacked.toFixed(1)} ms
  a bare server           ${messages.bare.toFixed(1)} ms, ${messages.bareAttacked.toFixed(1)} ms`);
  const ratio = (a: number, b: number) => Number((a / b).toFixed(2));
  return {
    flood_p99_ratio: ratio(ready.here, ready.quiet),
    flood_p99_ratio_elsewhere: ratio(ready.here, ready.elsewhere),
    flood_message_p99_ratio: ratio(messages.foyerAttacked, messages.foyer),
    flood_message_p99_ratio_bare: ratio(messages.bareAttacked, messages.bare),
  };
}
