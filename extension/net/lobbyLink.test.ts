import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { openLinkTo, RESUME_TOKEN, startServer } from './lobbyLinkScene.ts';

const ELSEWHERE = { brokerUrl: '', relayOnly: false, eventTitle: 'A talk' };

let scene: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => (scene = await startServer()));
afterEach(() => {
  for (const socket of scene.sockets) socket.terminate();
  scene.server.close();
});

const openLink = (join?: () => Result<JoinAnswer, ApiFailure>) => openLinkTo(scene.url, join);

describe('a seat over sockets', () => {
  it('LK1: joins, greets with the ticket, and passes messages on', async () => {
    const { told } = openLink();
    await told.until(1);
    scene.sockets[0]!.send(JSON.stringify({ type: 'idle' }));
    expect(await told.until(2)).toEqual(['up, fresh', 'message idle']);
    expect(scene.heard.all[0]).toContain('"hello"');
  });

  it('LK2: a dropped socket is resumed with the token', async () => {
    const { told, timers } = openLink();
    await told.until(1);
    scene.sockets[0]!.terminate();
    expect(await told.until(3)).toEqual(['up, fresh', 'down', 'failed 1']);
    timers.pass(1_000);
    expect((await told.until(4)).at(-1)).toBe('up, kept');
    expect(scene.heard.all.at(-1)).toContain(RESUME_TOKEN);
  });

  it.each([CLOSE.serverRestarting, CLOSE.sessionUnknown, CLOSE.moved, CLOSE.lobbyFull])(
    'LK3: after close code %i a new ticket is asked for',
    async (code) => {
      const { told, timers } = openLink();
      await told.until(1);
      scene.sockets[0]!.close(code);
      await told.until(3);
      timers.pass(1_000);
      expect((await told.until(4)).at(-1)).toBe('up, fresh');
      expect(scene.heard.all.at(-1)).toContain('ticket-number-0000002');
    },
  );

  it.each([
    [CLOSE.lobbyClosed, 'lobbyClosed'],
    [CLOSE.replaced, 'openElsewhere'],
    [CLOSE.versionUnsupported, 'outdated'],
    [CLOSE.flooding, 'tooMany'],
  ])('LK4: close code %i stops for good: %s', async (code, reason) => {
    const { told, timers } = openLink();
    await told.until(1);
    scene.sockets[0]!.close(code);
    expect((await told.until(2)).at(-1)).toBe(`stopped ${reason}`);
    expect(timers.names).toEqual([]);
  });

  it.each(['{', 'null', '{"type":"unheardOf"}', '{"type":"welcome"}'])(
    'LK5: a server that speaks otherwise (%s) means an update, not a loop',
    async (frame) => {
      const { told } = openLink();
      await told.until(1);
      scene.sockets[0]!.send(frame);
      expect((await told.until(2)).at(-1)).toBe('stopped outdated');
    },
  );

  it('LK6: a silent path is given up, and resumed on a fresh socket', async () => {
    const { told, timers } = openLink();
    await told.until(1);
    timers.pass(LIMITS.pongTimeoutMs + 1);
    await told.until(3);
    expect(await scene.closes.until(1)).toEqual([String(CLOSE.timedOut)]);
    timers.pass(1_000);
    expect((await told.until(4)).at(-1)).toBe('up, kept');
  });

  it('LK15: a lobby that is not where it was is looked for, and greeted on its new node', async () => {
    let place = scene.url;
    const { told, timers } = openLink(() =>
      ok({ ticket: 'ticket-number-0000001', lobbyUrl: place, ...ELSEWHERE }),
    );
    await told.until(1);
    const elsewhere = await startServer();
    place = elsewhere.url;
    scene.server.close();
    scene.sockets[0]!.terminate();
    await told.until(3);
    timers.pass(1_000);
    expect((await told.until(4)).at(-1)).toBe('failed 2');
    timers.pass(1_000);
    expect((await told.until(5)).at(-1)).toBe('up, fresh');
    expect(elsewhere.heard.all).toEqual([expect.stringContaining('"hello"')]);
    elsewhere.sockets[0]!.terminate();
    elsewhere.server.close();
  });

  it('LK15: a seat is kept while nobody can say where the lobby is', async () => {
    let reachable = true;
    const { told, timers } = openLink(() =>
      reachable
        ? ok({ ticket: 'ticket-number-0000001', lobbyUrl: scene.url, ...ELSEWHERE })
        : fail({ reason: 'closed', message: '' }),
    );
    await told.until(1);
    reachable = false;
    scene.falls('silent');
    scene.sockets[0]!.terminate();
    await told.until(3);
    timers.pass(1_000);
    await scene.heard.until(2);
    scene.sockets[1]!.terminate();
    await told.until(4);
    scene.falls('talking');
    timers.pass(1_000);
    expect((await told.until(5)).at(-1)).toBe('up, kept');
  });

  it('LK7: says its heartbeat while nothing else is said', async () => {
    const { told, timers } = openLink();
    await told.until(1);
    timers.pass(LIMITS.pingIntervalMs);
    expect((await scene.heard.until(2)).at(-1)).toBe('{"type":"ping","heard":0}');
  });

  it('LK13: asked to prove itself, a silent link is dead soon, and resumed at once', async () => {
    const { told, link, timers } = openLink();
    await told.until(1);
    link.prove();
    expect((await scene.heard.until(2)).at(-1)).toBe('{"type":"ping","heard":0}');
    timers.pass(LIMITS.proofTimeoutMs);
    expect((await told.until(4)).slice(1)).toEqual(['down', 'failed 1', 'up, kept']);
  });

  it('LK13: a link that answers is left alone', async () => {
    const { told, link, timers } = openLink();
    await told.until(1);
    link.prove();
    scene.sockets[0]!.send('{"type":"pong","heard":0}');
    scene.sockets[0]!.send('{"type":"idle"}');
    await told.until(2);
    timers.pass(LIMITS.proofTimeoutMs);
    expect(told.all).toEqual(['up, fresh', 'message idle']);
  });

  it('LK14: after such a death a silent try is replaced by the next one at once', async () => {
    const { told, link, timers } = openLink();
    await told.until(1);
    scene.falls('silent');
    link.prove();
    timers.pass(LIMITS.proofTimeoutMs);
    expect((await scene.heard.until(3)).at(-1)).toContain('"resume"');
    timers.pass(LIMITS.hurriedHelloTimeoutMs);
    expect((await scene.heard.until(4)).at(-1)).toContain('"resume"');
    scene.falls('talking');
    timers.pass(LIMITS.hurriedHelloTimeoutMs);
    expect(await told.until(6)).toEqual([
      ...['up, fresh', 'down', 'failed 1', 'failed 2', 'failed 3'],
      'up, kept',
    ]);
  });

  it('LK8: closing says goodbye in the close code, and nothing is tried again', async () => {
    const { told, link, timers } = openLink();
    await told.until(1);
    link.close();
    expect(await scene.closes.until(1)).toEqual([String(CLOSE.left)]);
    timers.pass(60_000);
    expect(told.all).toEqual(['up, fresh']);
  });
});

describe('joining', () => {
  const refuse = (reason: ApiFailure['reason']) => () => fail({ reason, message: '' });

  it.each([
    ['closed', 'lobbyClosed'],
    ['notFound', 'lobbyClosed'],
    ['notOpenYet', 'notOpenYet'],
    ['unauthorized', 'refused'],
    ['originRefused', 'refused'],
    ['notFoyer', 'outdated'],
  ] as const)('LK9: %s is final: %s', async (reason, stopped) => {
    const { told } = openLink(refuse(reason));
    expect(await told.until(1)).toEqual([`stopped ${stopped}`]);
  });

  it('LK10: an absent server is asked again, ever more slowly, up to 5 s', async () => {
    const { told, timers } = openLink(refuse('unreachable'));
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await told.until(attempt);
      timers.pass(5_000);
    }
    expect(told.all.at(-1)).toBe('failed 8');
  });

  it('LK18: who is refused because many come from there comes again when there is room, and is told when', async () => {
    let crowded = true;
    const { told, timers } = openLink(() =>
      crowded
        ? fail({ reason: 'tooMany', message: '', retryAfterMs: 30_000 })
        : ok({ ticket: 'ticket-number-0000001', lobbyUrl: scene.url, ...ELSEWHERE }),
    );
    await told.until(1);
    crowded = false;
    timers.pass(30_499);
    expect(timers.names).toContain('lobbyRetry');
    timers.pass(1);
    expect(await told.until(2)).toEqual(['failed 1, tooMany, again in 30500 ms', 'up, fresh']);
  });

  it('LK11: the person does not have to wait for the next try', async () => {
    const { told, link } = openLink(refuse('unreachable'));
    await told.until(1);
    link.retryNow();
    expect((await told.until(2)).at(-1)).toBe('failed 2');
  });
});
