import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { startServer, type TestServer } from './startServer.ts';

/** Names that make a lobby throw: before anything is done, or when all is done and nothing told. */
const POISON = { before: 'Poison', amid: 'Half poison' };
const CRASHES = 3;

class FragileLobby extends Lobby {
  override handle(command: LobbyCommand, now: number) {
    const name = command.type === 'join' ? command.name : null;
    if (name === POISON.before) throw new Error(`A mistake that quotes ${name}`);
    const effects = super.handle(command, now);
    if (name === POISON.amid) throw new Error('A mistake at the very end');
    return effects;
  }
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    createLobby: (parts) => new FragileLobby(parts),
    limits: { lobbyCrashes: CRASHES },
  });
}, 60_000);
afterAll(() => server.close());

const newEvent = async () => (await server.register({ callSeconds: 900 })).event.eventId;

describe('a command that breaks its lobby', () => {
  it.each(Object.values(POISON))(
    'SV2: (%s) leaves sockets open, seats kept and calls running; who sent it tries again',
    async (name) => {
      const eventId = await newEvent();
      const [ann, ben, cem] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben', 'Cem');
      const match = await startTalking(ann!, ben!);
      const poisoner = await LobbyClient.tryToEnter(server, eventId, name);
      expect(await poisoner.closed()).toBe(CLOSE.serverRestarting);
      for (const client of [ann!, ben!, cem!]) {
        await client.settle();
        expect(client.socket.closeCode).toBeNull();
      }
      const state = { camera: false, microphone: true, sequence: 1 };
      ann!.say({ type: 'mediaState', matchId: match.matchId, state });
      expect((await ben!.next('partnerMedia')).state).toEqual(state);
      expect(ben!.heard()).not.toContain('ended');
    },
  );

  it('SV3: who waits keeps the place, and nobody meets the same person again', async () => {
    const eventId = await newEvent();
    const [ann, ben] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben');
    const met = await ann!.matched();
    ann!.say({ type: 'endCall', matchId: met.matchId, reason: 'left' });
    await ben!.next('ended');
    await LobbyClient.enterReady(server, eventId);
    const poisoner = await LobbyClient.tryToEnter(server, eventId, POISON.amid);
    await poisoner.closed();
    ann!.say({ type: 'ready' });
    await ann!.settle();
    expect(ann!.heard().filter((type) => type === 'matched')).toHaveLength(1);
    const [cem] = await LobbyClient.enterReady(server, eventId, 'Cem');
    expect((await cem!.matched()).partnerName).toBe('Ben');
  });

  it('SV4: a dropped socket resumes its seat in the new lobby', async () => {
    const eventId = await newEvent();
    const [ann, ben] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben');
    const match = await startTalking(ann!, ben!);
    ann!.socket.cut();
    await (await LobbyClient.tryToEnter(server, eventId, POISON.before)).closed();
    const back = await ann!.resume();
    expect((await back.next('welcome')).seat).toMatchObject({ phase: 'live', match });
  });

  it('SV5: no other lobby notices', async () => {
    const [eventId, elsewhere] = [await newEvent(), await newEvent()];
    const [ann] = await LobbyClient.enterReady(server, elsewhere, 'Ann');
    await ann!.settle();
    const before = ann!.socket.frames.length;
    await (await LobbyClient.tryToEnter(server, eventId, POISON.before)).closed();
    await ann!.settle();
    const since = ann!.heard().slice(before);
    expect(since.filter((type) => type !== 'presence')).toEqual(['pong']);
  });

  it('SV7: one that breaks again and again starts anew from nothing', async () => {
    const eventId = await newEvent();
    const [ann] = await LobbyClient.enterReady(server, eventId, 'Ann');
    for (let crash = 0; crash <= CRASHES; crash += 1) {
      const poisoner = await LobbyClient.tryToEnter(server, eventId, POISON.before);
      expect(await poisoner.closed()).toBe(CLOSE.serverRestarting);
    }
    expect(await ann!.socket.closed()).toBe(CLOSE.serverRestarting);
    const [ben] = await LobbyClient.enterReady(server, eventId, 'Ben');
    await ben!.settle();
    expect(ben!.socket.closeCode).toBeNull();
  });
});
