import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Match } from '../../shared/protocol/lobby.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { LobbyClient } from './lobbyClient.ts';
import { RawConnection, upgradeRequest } from './rawConnection.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    limits: {
      ...{ requestHeaderMs: 400, requestMs: 800, socketsPerAddress: 3 },
      ...{ ticketTtlMs: 1_500, helloTimeoutMs: 1_500 },
    },
  });
}, 60_000);
afterAll(() => server.close());

const webSocketUrl = (path: string) => `${server.url.replace('http', 'ws')}${path}`;
const newEvent = async () => (await server.register({ callSeconds: 900 })).event.eventId;

async function newMatch(): Promise<[Match, Match]> {
  const [ann, ben] = await LobbyClient.enterReady(server, await newEvent(), 'Ann', 'Ben');
  return Promise.all([ann!.matched(), ben!.matched()]);
}

async function rawAnswer(...pieces: string[]): Promise<string> {
  const connection = await RawConnection.open(server.url);
  for (const piece of pieces) connection.write(piece);
  return connection.end();
}

const statusOf = (answer: string) => Number(answer.split(' ', 2)[1]);

describe('foreign pages', () => {
  it.each([
    ['another site', () => 'https://evil.example'],
    ['our address as the beginning of another', () => `${server.url}.evil.example`],
    ['our address as a name of another', () => `http://evil.example/${server.url}`],
    ['our address with another port', () => server.url.replace(/\d+$/, '1')],
    ['our address in another scheme', () => server.url.replace('http', 'ftp')],
    ['two origins at once', () => `${server.url}, https://evil.example`],
    ['no origin of its own', () => 'null'],
    ['an empty origin', () => ''],
  ])('AT6: %s gets no socket and no answer', async (_, origin) => {
    const [{ peerId: id, brokerToken: token }] = await newMatch();
    const seat = `/broker/peerjs?${new URLSearchParams({ key: 'peerjs', id, token })}`;
    for (const path of ['/lobby', seat]) {
      const request = upgradeRequest(`${server.url}${path}`, { Origin: origin() });
      expect(statusOf(await rawAnswer(request))).toBe(403);
    }
    const headers = { origin: origin() };
    const answer = await server.request('POST', '/api/events', { body: {}, headers });
    expect(answer.status).toBe(403);
  });

  it('AT7: a name that somebody pointed at this machine is not our own page', async () => {
    const headers = { Host: 'evil.example', Origin: 'http://evil.example' };
    const request = upgradeRequest(`${server.url}/lobby`, headers);
    expect(statusOf(await rawAnswer(request))).toBe(403);
    const plain =
      'GET /api/lookup/00000 HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n';
    expect(statusOf(await rawAnswer(plain))).toBe(403);
  });
});

describe('tickets', () => {
  const hello = (ticket: string) => ({ type: 'hello', version: PROTOCOL_VERSION, ticket });

  it('AT8: of many who show one ticket at the same moment, one gets in', async () => {
    const { ticket, lobbyUrl } = await server.join(await newEvent());
    const sockets = await Promise.all(
      Array.from({ length: 12 }, () => ScriptedSocket.open(lobbyUrl)),
    );
    for (const socket of sockets) socket.send(hello(ticket));
    const codes = await Promise.all(
      sockets.map((socket) =>
        socket.until('an answer', () => socket.closeCode ?? (socket.frames[0] ? 0 : undefined)),
      ),
    );
    expect(codes.toSorted()).toEqual([0, ...Array.from({ length: 11 }, () => CLOSE.ticketRefused)]);
  });

  it('AT8: a ticket that is too old is refused', async () => {
    const { ticket, lobbyUrl } = await server.join(await newEvent());
    // A silent socket is closed after just as long as a ticket lives here.
    const silent = await ScriptedSocket.open(lobbyUrl);
    expect(await silent.closed()).toBe(CLOSE.timedOut);
    const late = await ScriptedSocket.open(lobbyUrl);
    late.send(hello(ticket));
    expect(await late.closed()).toBe(CLOSE.ticketRefused);
  });

  it.each([
    ['cut', (ticket: string) => ticket.slice(0, -1)],
    [
      'with other last letters',
      (ticket: string) => ticket.slice(0, -2) + otherThan(ticket.slice(-2)),
    ],
    ['with another first letter', (ticket: string) => otherThan(ticket[0]!) + ticket.slice(1)],
    ['twice as long', (ticket: string) => ticket.slice(0, 60) + ticket.slice(0, 60)],
  ])('AT8: a ticket %s is refused', async (_, forge) => {
    const { ticket, lobbyUrl } = await server.join(await newEvent());
    const socket = await ScriptedSocket.open(lobbyUrl);
    socket.send(hello(forge(ticket)));
    expect([CLOSE.ticketRefused, CLOSE.malformed]).toContain(await socket.closed());
  });
});

/** As long, and never the same. */
function otherThan(letters: string): string {
  return (letters.startsWith('A') ? 'B' : 'A').repeat(letters.length);
}

describe('upgrades', () => {
  it.each([
    '/lobby/',
    '/lobby/.',
    '/lobby/../lobby',
    '/lobby/../broker/peerjs',
    '/broker/../lobby',
    '/broker//peerjs',
    '//lobby',
    '/\\lobby',
    '/%6cobby',
    '/lobby%2f',
    '/lobby%00',
    '/Lobby',
    '/lobby;x=1',
    '/lobby#x',
    '/.%2e/lobby',
    'http://elsewhere.example/lobby',
    '*',
  ])('AT9: %s is no way to the lobby or the broker', async (path) => {
    const request = upgradeRequest(`${server.url}/lobby`).replace('/lobby', path);
    expect([400, 404]).toContain(statusOf(await rawAnswer(request)));
  });

  it('AT10: of two ids in one address the broker takes the one whose token was checked', async () => {
    const [forAnn, forBen] = await newMatch();
    const own = { key: 'peerjs', id: forAnn.peerId, token: forAnn.brokerToken };
    const other = { id: forBen.peerId, token: anyToken() };
    const both = `${new URLSearchParams(own)}&${new URLSearchParams(other)}`;
    const ann = await ScriptedSocket.open(webSocketUrl(`/broker/peerjs?${both}`));
    await ann.until('OPEN', () => ann.frames[0]);
    const seat = new URLSearchParams({
      ...{ key: 'peerjs', id: forBen.peerId, token: forBen.brokerToken },
    });
    const ben = await ScriptedSocket.open(webSocketUrl(`/broker/peerjs?${seat}`));
    expect(await ben.until('OPEN', () => ben.frames[0])).toEqual({ type: 'OPEN' });
    ann.send({ type: 'OFFER', dst: forBen.peerId, payload: {} });
    const offer = await ben.until('the offer', () => ben.frames[1]);
    expect(offer).toMatchObject({ type: 'OFFER', src: forAnn.peerId });
  });

  it.each([
    ['half a header', 'GET /lobby HTTP/1.1\r\nHost: a\r\nUpgrade: webso'],
    ['no last line', upgradeRequest('http://127.0.0.1/lobby').slice(0, -2)],
    ['a single letter', 'G'],
    ['nothing at all', ''],
  ])('AT11: who holds a connection open with %s is hung up on', async (_, half) => {
    await rawAnswer(half);
  });

  it('AT11: a body that never ends is hung up on', async () => {
    const head = `POST /api/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`;
    const answer = await rawAnswer(`${head}Content-Length: 1000\r\n\r\n{"title":`);
    expect(statusOf(answer)).toBe(408);
  });

  it('AT11: a refused upgrade is hung up on, whatever the other side does', async () => {
    const request = upgradeRequest(`${server.url}/nowhere`);
    expect(statusOf(await rawAnswer(request))).toBe(404);
  });

  it('AT12: one network address may hold so many sockets and no more', async () => {
    const from = (address: string) => ({ 'X-Forwarded-For': address });
    const open = (address: string) => RawConnection.upgraded(`${server.url}/lobby`, from(address));
    const held = [await open('203.0.113.7'), await open('203.0.113.7'), await open('203.0.113.7')];
    const one = upgradeRequest(`${server.url}/lobby`, from('203.0.113.7'));
    expect(statusOf(await rawAnswer(one))).toBe(429);
    const forged = upgradeRequest(`${server.url}/lobby`, from('198.51.100.1, 203.0.113.7'));
    expect(statusOf(await rawAnswer(forged))).toBe(429);
    const other = await open('203.0.113.8');
    expect(other.text).toContain('101');
    // The server hears of it before the next connection, which comes by the same way.
    held[0]!.cut();
    held.push(await open('203.0.113.7'));
    for (const connection of [...held, other]) connection.cut();
  });

  it('AT12: all addresses of an IPv6 subscriber are one', async () => {
    const open = (tail: string) =>
      RawConnection.upgraded(`${server.url}/lobby`, { 'X-Forwarded-For': `2001:db8:0:7:${tail}` });
    const held = [await open('1::'), await open('2:3:4:5'), await open(':9')];
    const next = { 'X-Forwarded-For': '2001:DB8::7:ffff:0:0:1' };
    expect(statusOf(await rawAnswer(upgradeRequest(`${server.url}/lobby`, next)))).toBe(429);
    const neighbour = await RawConnection.upgraded(`${server.url}/lobby`, {
      'X-Forwarded-For': '2001:db8:0:8::1',
    });
    for (const connection of [...held, neighbour]) connection.cut();
  });
});
