import { assertNever } from '../../shared/assertNever.ts';
import type { Millis } from '../../shared/ids.ts';
import { hasRelay } from '../../shared/protocol/iceServer.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  IceServer,
  IceServerSource,
  RelayListener,
  RelayName,
} from '../ports/iceServerSource.ts';
import { silentTracer, type Tracer } from '../ports/tracer.ts';
import { cloudflare, type CloudflareKey } from './cloudflare.ts';
import { coturn, type SharedSecret } from './coturn.ts';
import { LobbyRelays } from './lobbyRelays.ts';
import { metered, type MeteredApp } from './metered.ts';
import { probed } from './probed.ts';
import { RelayChain } from './relayChain.ts';
import type { RelayService } from './relayService.ts';
import { staticRelay } from './staticRelay.ts';
import { tracedService } from './tracedService.ts';

/** What the operator has; null where they have none of that kind. */
export interface RelaySetup {
  readonly order: readonly RelayName[];
  readonly cloudflare: CloudflareKey | null;
  readonly metered: MeteredApp | null;
  readonly coturn: SharedSecret | null;
  /** Those that relay are the *static* service; the others are told to everybody. */
  readonly iceServers: readonly IceServer[];
}

interface RelayTimes {
  /** How long credentials are asked for; at most 10 minutes. */
  readonly relayCredentialMs: Millis;
  /** When the owner of credentials gets fresh ones. */
  readonly iceServersRenewMs: Millis;
  /** A service that has not answered by then does not. */
  readonly relayTimeoutMs: Millis;
  /** Between two looks whether one's own relay is there. */
  readonly relayProbeMs: Millis;
  readonly relayProbeTimeoutMs: Millis;
}

interface Surroundings {
  readonly clock: Clock;
  readonly limits: RelayTimes;
  readonly listener: RelayListener;
  readonly tracer?: Tracer;
}

/** STUN servers for everybody, and relays from the first service of the operator's list that serves. */
export function relayIceServers(setup: RelaySetup, around: Surroundings): IceServerSource {
  const { clock, limits, listener, tracer = silentTracer } = around;
  const services = setup.order
    .map((name) => serviceOf(name, setup, around))
    .filter((service) => service !== null)
    .map((service) => tracedService(service, tracer));
  const chain = new RelayChain(services, { clock, listener, probeMs: limits.relayProbeMs });
  const always = setup.iceServers.filter((server) => !hasRelay([server]));
  const renewMs = limits.iceServersRenewMs;
  return {
    relays: !chain.isEmpty,
    async open(changed, signal) {
      const lobby = new LobbyRelays({ chain, always, clock, renewMs, changed }, signal);
      await atMost(limits.relayTimeoutMs, lobby.refresh(), clock);
      return lobby;
    },
  };
}

function serviceOf(
  name: RelayName,
  setup: RelaySetup,
  { clock, limits }: Surroundings,
): RelayService | null {
  const { relayCredentialMs: validMs, relayTimeoutMs: timeoutMs } = limits;
  switch (name) {
    case 'cloudflare':
      return setup.cloudflare && cloudflare(setup.cloudflare, { validMs, timeoutMs });
    case 'metered':
      return setup.metered && metered(setup.metered, { validMs, timeoutMs });
    case 'coturn':
      return setup.coturn && ownCoturn(setup.coturn, { clock, limits });
    case 'static': {
      const relays = setup.iceServers.filter((server) => hasRelay([server]));
      return relays.length > 0 ? staticRelay(relays) : null;
    }
    default:
      return assertNever(name);
  }
}

function ownCoturn(setup: SharedSecret, around: Pick<Surroundings, 'clock' | 'limits'>) {
  const { relayCredentialMs: validMs, relayProbeTimeoutMs } = around.limits;
  return probed(coturn(setup, { validMs, clock: around.clock }), setup.urls, relayProbeTimeoutMs);
}

/** Settles with the work, or when the time is over; the work goes on. */
async function atMost(limitMs: Millis, work: Promise<void>, clock: Clock): Promise<void> {
  let cancel: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (cancel = clock.after(limitMs, resolve)));
  await Promise.race([work, enough]);
  cancel();
}
