import { describe, expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { RelayFailure, RelayListener } from '../ports/iceServerSource.ts';
import { coturn } from '../turn/coturn.ts';
import { LobbyRelays } from '../turn/lobbyRelays.ts';
import { RelayChain } from '../turn/relayChain.ts';
import type { FetchedService, RelayService } from '../turn/relayService.ts';
import { HandClock } from './runnerScene.ts';

const ANN = 'ann' as MemberId;
const RENEW_MS = 240_000;

/** A service that gives numbered credentials, or fails as the test says. */
class Service implements FetchedService {
  readonly kind = 'fetched';
  readonly name: 'cloudflare' | 'metered';
  asked = 0;
  failure: RelayFailure | null = null;
  constructor(name: 'cloudflare' | 'metered' = 'cloudflare') {
    this.name = name;
  }
  fetch = () => {
    this.asked += 1;
    if (this.failure) return Promise.resolve(fail(this.failure));
    const servers = [{ urls: [`turn:${this.name}.${this.asked}`] }];
    return Promise.resolve(ok({ servers, validMs: 600_000 }));
  };
}

class Lobby {
  readonly clock = new HandClock();
  readonly told: string[] = [];
  readonly changes: boolean[] = [];
  readonly ending = new AbortController();
  readonly chain: RelayChain;
  readonly relays: LobbyRelays;

  constructor(...services: RelayService[]) {
    const listener: RelayListener = {
      issued: (name) => this.told.push(`${name} issued`),
      failed: (name, cause) => this.told.push(`${name} ${cause}`),
      breakerChanged: (name, state) => this.told.push(`${name} ${state}`),
    };
    this.chain = new RelayChain(services, { clock: this.clock, listener, probeMs: 30_000 });
    this.relays = this.another();
  }

  another(ending = this.ending): LobbyRelays {
    return new LobbyRelays(
      {
        chain: this.chain,
        always: [{ urls: ['stun:stun.example'] }],
        clock: this.clock,
        renewMs: RENEW_MS,
        changed: (relays) => this.changes.push(relays),
      },
      ending.signal,
    );
  }

  /** What a member gets at this moment. */
  get urls(): string[] {
    return this.relays.issue(ANN).flatMap(({ urls }) => urls);
  }

  /** Lets time pass in small steps, and whatever is asked meanwhile be answered. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.clock.pass(1_000);
      await settled();
    }
  }
}

/** Everything that waits for something already decided has run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what a lobby hands out', () => {
  it('TN2: is here before anybody needs it, and asking for it asks nobody', async () => {
    const service = new Service();
    const lobby = new Lobby(service);
    await lobby.relays.refresh();
    expect(lobby.relays.relays).toBe(true);
    for (let member = 0; member < 100; member += 1) lobby.relays.issue(`m${member}` as MemberId);
    expect(lobby.urls).toEqual(['stun:stun.example', 'turn:cloudflare.1']);
    expect(service.asked).toBe(1);
  });

  it('TN4: is fetched anew at half of the time for which it may be handed out', async () => {
    const service = new Service();
    const lobby = new Lobby(service);
    await lobby.relays.refresh();
    await lobby.pass(164);
    expect(service.asked).toBe(1);
    await lobby.pass(1);
    expect([service.asked, lobby.urls[1]]).toEqual([2, 'turn:cloudflare.2']);
  });

  it('TN4: is not handed out when it could end before its owner gets something fresher', async () => {
    const service = new Service();
    const lobby = new Lobby(service);
    await lobby.relays.refresh();
    service.failure = 'unreachable';
    // 600 s, less the 240 s for which a member keeps it, less half a minute for other clocks.
    await lobby.pass(329);
    expect(lobby.relays.relays).toBe(true);
    await lobby.pass(1);
    expect(lobby.urls).toEqual(['stun:stun.example']);
  });

  it('TN15: a lobby that has ended asks nobody any more', async () => {
    const service = new Service();
    const lobby = new Lobby(service);
    await lobby.relays.refresh();
    lobby.ending.abort();
    await lobby.pass(1_000);
    expect([service.asked, lobby.clock.armed]).toEqual([1, 0]);
  });

  it('TN12: the lobby hears when the last relay is gone, and when one is back', async () => {
    const service = new Service();
    const lobby = new Lobby(service);
    await lobby.relays.refresh();
    service.failure = 'serviceFailed';
    await lobby.pass(345);
    expect(lobby.changes).toEqual([true, false]);
    service.failure = null;
    await lobby.pass(60);
    expect(lobby.changes).toEqual([true, false, true]);
  });
});

describe('several services', () => {
  it('TN5: the next of the list stands in, and the first is tried again', async () => {
    const [first, second] = [new Service('cloudflare'), new Service('metered')];
    const lobby = new Lobby(first, second);
    first.failure = 'timedOut';
    await lobby.relays.refresh();
    expect(lobby.urls[1]).toBe('turn:metered.1');
    expect(lobby.told).toEqual(['cloudflare timedOut', 'metered issued']);
    first.failure = null;
    await lobby.pass(15);
    expect(lobby.urls[1]).toBe('turn:cloudflare.2');
  });

  it('TN5: one that is computed stands in without being asked', async () => {
    const first = new Service('cloudflare');
    first.failure = 'refused';
    const urls = ['turn:turn.example:3478'];
    const clock = { date: () => new Date(0) };
    const second = coturn({ urls, secret: 'shared-secret' }, { validMs: 600_000, clock });
    const lobby = new Lobby(first, second);
    await lobby.relays.refresh();
    expect(lobby.urls).toEqual(['stun:stun.example', 'turn:turn.example:3478']);
  });

  it('TN5: a computed one that is first has nothing to fetch, and no timer', async () => {
    const clock = { date: () => new Date(0) };
    const only = coturn(
      { urls: ['turn:turn.example'], secret: 'shared-secret' },
      { validMs: 1, clock },
    );
    const lobby = new Lobby(only);
    await lobby.relays.refresh();
    expect([lobby.relays.relays, lobby.clock.armed]).toEqual([true, 0]);
  });
});

describe('the circuit breaker', () => {
  async function opened() {
    const service = new Service();
    service.failure = 'serviceFailed';
    const lobby = new Lobby(service);
    for (let lobbies = 0; lobbies < 3; lobbies += 1) await lobby.another().refresh();
    return { service, lobby };
  }

  it('TN6: after three failures in a row a service is left alone by all lobbies', async () => {
    const { service, lobby } = await opened();
    expect(lobby.told.at(-1)).toBe('cloudflare open');
    for (let lobbies = 0; lobbies < 10; lobbies += 1) await lobby.another().refresh();
    expect(service.asked).toBe(3);
  });

  it('TN6: after 30 s one question tries, and decides for all', async () => {
    const { service, lobby } = await opened();
    await lobby.pass(29);
    expect(service.asked).toBe(3);
    await lobby.pass(16);
    expect(service.asked).toBe(4);
    expect(lobby.told.slice(-3)).toEqual([
      'cloudflare halfOpen',
      'cloudflare serviceFailed',
      'cloudflare open',
    ]);
    service.failure = null;
    await lobby.pass(45);
    expect(lobby.told).toContain('cloudflare closed');
  });

  it('TN6: failures that are not in a row open nothing', async () => {
    const service = new Service();
    const lobby = new Lobby(service);
    for (const failure of ['timedOut', 'timedOut', null, 'timedOut', 'timedOut', null] as const) {
      service.failure = failure;
      await lobby.another().refresh();
    }
    expect(lobby.told).not.toContain('cloudflare open');
  });

  it('TN6: a question that is given up does not count, and the next one tries', async () => {
    const { service, lobby } = await opened();
    const ending = new AbortController();
    lobby.ending.abort();
    service.fetch = () => {
      ending.abort();
      return Promise.resolve(fail('unreachable'));
    };
    lobby.clock.pass(30_000);
    await lobby.another(ending).refresh();
    expect(lobby.told.at(-1)).toBe('cloudflare open');
    service.fetch = new Service().fetch;
    await lobby.another(new AbortController()).refresh();
    expect(lobby.told.slice(-2)).toEqual(['cloudflare closed', 'cloudflare issued']);
  });
});
