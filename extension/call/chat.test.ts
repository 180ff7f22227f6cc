import { expect, it } from 'vitest';
import * as v from 'valibot';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { ChatTextField } from '../../shared/protocol/fields.ts';
import { FakeWorld } from './fakeWorld.ts';

it('DV20: what two people write reaches the other and stays for the call', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada');
  world.session.handle({ type: 'chatSent', text: 'Hello Ada' });
  expect(world.toldPeer).toContainEqual({ type: 'chat', text: 'Hello Ada' });
  world.peerSays({ type: 'chat', text: 'Hello!' });
  world.lobbySays({ type: 'live', matchId, remainingMs: 100_000 });
  expect(world.seat).toMatchObject({
    at: 'live',
    chat: [
      { from: 'me', text: 'Hello Ada' },
      { from: 'partner', text: 'Hello!' },
    ],
  });
});

it('DV20: the next partner finds nothing of it, and outside of a call nothing is said', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada');
  world.peerSays({ type: 'chat', text: 'My number is …' });
  world.lobbySays({ type: 'ended', matchId, reason: 'partnerLeft', requeued: true });
  const told = world.toldPeer.length;
  world.session.handle({ type: 'chatSent', text: 'Are you there?' });
  expect(world.toldPeer).toHaveLength(told);
  world.meet('Ben');
  expect(world.seat).toMatchObject({ chat: [] });
});

it('DV20: a flood of lines is cut to its end', () => {
  const world = new FakeWorld().wait();
  world.meet('Ada');
  for (let line = 1; line <= LIMITS.chatLines + 50; line += 1)
    world.peerSays({ type: 'chat', text: `line ${line}` });
  const { seat } = world;
  const chat = 'chat' in seat ? seat.chat : [];
  expect(chat).toHaveLength(LIMITS.chatLines);
  expect(chat.at(-1)).toEqual({ from: 'partner', text: `line ${LIMITS.chatLines + 50}` });
});

it.each([
  ['a line', '  Hello  ', 'Hello'],
  ['a joined emoji', '👩‍💻', '👩‍💻'],
  ['what turns text around', 'a\u202eb', 'a b'],
  ['line breaks', 'a\nb', 'a b'],
])('DV20: %s arrives as one line of plain text', (_what, sent, shown) => {
  expect(v.parse(ChatTextField, sent)).toBe(shown);
});

it.each([
  ['nothing', '   '],
  ['a letter of many pages', 'x'.repeat(LIMITS.chatTextLength + 1)],
])('DV20: %s is no line', (_what, sent) => {
  expect(v.safeParse(ChatTextField, sent).success).toBe(false);
});
