import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MatchId, MemberId, PeerId } from '../../shared/ids.ts';
import type { ServerMessage } from '../../shared/protocol/lobby.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import { EffectGate } from './effectGate.ts';

const EVERYBODY = [1, 2, 3, 4, 5, 6] as SocketId[];
const socketOf = (who: number) => EVERYBODY[who % EVERYBODY.length]!;
const peerOf = (who: number) => `peer${who % EVERYBODY.length}` as PeerId;
const place = (who: number) => ({ peerId: peerOf(who), brokerToken: '' });

/** Every message is another one, so that it can be told when it came. */
const numbered = (sequence: number): ServerMessage => {
  return { type: 'live', matchId: '' as MatchId, remainingMs: sequence };
};
const presence = (here: number): ServerMessage => {
  return { type: 'presence', presence: { here, waiting: 0 } };
};
const tell = (sockets: readonly SocketId[], message: ServerMessage): LobbyEffect => {
  return { type: 'send', sockets, message, onceRecorded: null };
};

function matching(one: number, other: number, matchId: MatchId, sequence: number): LobbyEffect[] {
  const toldTo = (who: number, at: number): LobbyEffect => {
    return { ...tell([socketOf(who)], numbered(at)), onceRecorded: matchId } as LobbyEffect;
  };
  return [
    { type: 'recordPair', matchId, pair: ['a' as MemberId, 'b' as MemberId], cycle: 1 },
    { type: 'openBroker', matchId, peers: [place(one), place(other)] },
    toldTo(one, sequence),
    toldTo(other, sequence + 1),
  ];
}

const who = fc.nat(EVERYBODY.length - 1);
type Step =
  | { readonly do: 'match'; readonly one: number; readonly by: number }
  | { readonly do: 'decide' }
  | {
      readonly do: 'tell' | 'tellAll' | 'keep' | 'move' | 'leave' | 'closeBroker';
      readonly one: number;
    };
const by = fc.integer({ min: 1, max: EVERYBODY.length - 1 });
const deed = fc.constantFrom('tell', 'tellAll', 'keep', 'move', 'leave', 'closeBroker');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('match'), one: who, by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('decide') }) },
  { weight: 6, arbitrary: fc.record({ do: deed, one: who }) },
);

/** What each recipient has coming, or got, in order. */
type Ledger = Map<unknown, LobbyEffect[]>;

function enter(ledger: Ledger, effects: readonly LobbyEffect[]): void {
  for (const effect of effects) {
    for (const each of recipientsOf(effect)) {
      const alone = effect.type === 'send' ? tell([], effect.message) : effect;
      ledger.set(each, [...(ledger.get(each) ?? []), alone]);
    }
  }
}

function recipientsOf(effect: LobbyEffect): readonly unknown[] {
  if (effect.type === 'send') return effect.sockets;
  if (effect.type === 'moveSeat') return [effect.from, effect.to];
  if (effect.type === 'openBroker') return effect.peers.map(({ peerId }) => peerId);
  if (effect.type === 'openBrokerSeat') return [effect.seat.peerId];
  if (effect.type === 'closeBroker') return effect.peers;
  return 'socket' in effect ? [effect.socket] : [];
}

function effectsOf(step: Exclude<Step, { do: 'decide' }>, at: number): LobbyEffect[] {
  const socket = socketOf(step.one);
  if (step.do === 'match') {
    return matching(step.one, step.one + step.by, `match${at}` as MatchId, at * 10);
  }
  const message = numbered(at * 10);
  switch (step.do) {
    case 'tell':
      return [{ type: 'openBrokerSeat', seat: place(step.one) }, tell([socket], message)];
    case 'tellAll':
      return [tell(EVERYBODY, message)];
    case 'keep':
      return [{ type: 'keep', socket, message, onceRecorded: null }];
    case 'move':
      return [{ type: 'moveSeat', from: socket, to: socketOf(step.one + 1) }];
    case 'leave':
      return [
        { type: 'disconnect', socket, code: 1000 },
        { type: 'giveUpSeat', socket },
      ];
    case 'closeBroker':
      return [{ type: 'closeBroker', peers: [peerOf(step.one), peerOf(step.one + 1)] }];
  }
}

it('ST19: each hears everything in its order, and nothing of a match that is not decided', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const gate = new EffectGate();
      const [asked, done]: Ledger[] = [new Map(), new Map()];
      const undecided = new Set<MatchId>();
      const perform = (effects: readonly LobbyEffect[]) => {
        for (const effect of effects) {
          const needs = 'onceRecorded' in effect ? effect.onceRecorded : null;
          expect(needs !== null && undecided.has(needs)).toBe(false);
          expect(effect.type === 'openBroker' && undecided.has(effect.matchId)).toBe(false);
        }
        enter(done!, effects);
      };
      for (const [at, each] of steps.entries()) {
        if (each.do === 'decide') {
          const [first] = undecided;
          undecided.delete(first!);
          perform(gate.decided(first === undefined ? [] : [first]));
          continue;
        }
        const effects = effectsOf(each, at);
        for (const effect of effects) {
          if (effect.type === 'recordPair') undecided.add(effect.matchId);
        }
        enter(asked!, effects);
        perform(gate.pass(effects));
        for (const [recipient, got] of done!) {
          expect(asked!.get(recipient)!.slice(0, got.length)).toEqual(got);
        }
      }
      const rest = [...undecided];
      undecided.clear();
      perform(gate.decided(rest));
      expect(done).toEqual(asked);
    }),
    { numRuns: 500 },
  );
});

it('ST19: whoever has nothing to do with a pair that is written waits for nothing', () => {
  const gate = new EffectGate();
  gate.pass(matching(0, 1, 'match' as MatchId, 1));
  const others = tell([socketOf(2)], numbered(3));
  expect(gate.pass([others])).toEqual([others]);
  const [first, second, ...rest] = EVERYBODY;
  expect(gate.pass([tell(EVERYBODY, numbered(4))])).toEqual([tell(rest, numbered(4))]);
  const late = gate.decided(['match' as MatchId]);
  expect(late.at(-1)).toEqual(tell([first!, second!], numbered(4)));
});

it('ST19: counts that two wait for are not lost when others are told newer ones', () => {
  const gate = new EffectGate();
  const [first, second, third, ...rest] = EVERYBODY;
  gate.pass(matching(0, 1, 'match' as MatchId, 1));
  gate.pass([tell([first!, second!, third!], presence(6))]);
  expect(gate.pass([tell(rest, presence(7))])).toEqual([tell(rest, presence(7))]);
  expect(gate.decided(['match' as MatchId]).at(-1)).toEqual(tell([first!, second!], presence(7)));
});

it('ST19: who waited hears the counts of now, and not those from before', () => {
  const gate = new EffectGate();
  const [first, second, ...rest] = EVERYBODY;
  gate.pass(matching(0, 1, 'match' as MatchId, 1));
  gate.pass([tell(EVERYBODY, presence(6))]);
  expect(gate.pass([tell(EVERYBODY, presence(7))])).toEqual([tell(rest, presence(7))]);
  const late = gate.decided(['match' as MatchId]);
  const counts = late.filter((effect) => 'message' in effect && effect.message.type === 'presence');
  expect(counts).toEqual([tell([first!, second!], presence(7))]);
});
