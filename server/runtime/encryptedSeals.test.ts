import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import { TokenField } from '../../shared/protocol/fields.ts';
import { EncryptedSeals } from './encryptedSeals.ts';

const BEN = 'b'.repeat(32) as MemberId;
const SECRET = 'one secret for all nodes';

it('LB92: a seal names somebody to the server, also after a restart, and fits into a message', () => {
  const seal = new EncryptedSeals(SECRET).seal(BEN);
  expect(new EncryptedSeals(SECRET).open(seal)).toBe(BEN);
  expect(v.is(TokenField, seal)).toBe(true);
});

it('LB92: a server with another secret cannot read it, and two seals do not tell that they name the same', () => {
  const seals = new EncryptedSeals(SECRET);
  expect(new EncryptedSeals('another').open(seals.seal(BEN))).toBeNull();
  expect(seals.seal(BEN)).not.toBe(seals.seal(BEN));
});

it('LB92: no other bytes open', () => {
  const seals = new EncryptedSeals(SECRET);
  const open = (bytes: Uint8Array) => seals.open(Buffer.from(bytes).toString('base64url'));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 96 }), (bytes) => open(bytes) === null));
  const bytes = Buffer.from(seals.seal(BEN), 'base64url');
  expect(open(bytes)).toBe(BEN);
  for (const index of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    expect([open(changed), open(bytes.subarray(0, index))]).toEqual([null, null]);
  }
});
