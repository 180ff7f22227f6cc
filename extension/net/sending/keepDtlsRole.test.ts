import { expect, it } from 'vitest';
import { keepDtlsRole } from './keepDtlsRole.ts';

const sdp = (setup: string) =>
  ['v=0', ...['m=audio 9', 'm=video 9'].flatMap((m) => [m, `a=setup:${setup}`]), ''].join('\r\n');
const OFFER = sdp('actpass');

it.each([
  ['who answered as active', sdp('active'), OFFER, 'active'],
  ['who answered as passive', sdp('passive'), OFFER, 'passive'],
  ['whose offer was answered as active', OFFER, sdp('active'), 'passive'],
  ['whose offer was answered as passive', OFFER, sdp('passive'), 'active'],
  ['who offered by this rule before', sdp('active'), sdp('passive'), 'active'],
])('SN6: %s keeps its role in a later offer', (_name, local, remote, role) => {
  expect(keepDtlsRole(OFFER, { local, remote })).toBe(sdp(role));
});

it('SN6: the first offer leaves the choice to the answer', () => {
  expect(keepDtlsRole(OFFER, { local: '', remote: '' })).toBe(OFFER);
});
