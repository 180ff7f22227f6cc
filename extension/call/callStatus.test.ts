import { expect, it } from 'vitest';
import { callStatus, type CallSigns, type CallStatus } from './callStatus.ts';

const WELL: CallSigns = {
  verdict: { kind: 'flowing' },
  cameraOff: false,
  quality: { level: 'good', trouble: 'none' },
  linkUp: true,
  partnerLinkUp: true,
  pictureHeld: false,
};
const off: CallSigns = { ...WELL, cameraOff: true };
const stall: CallSigns = { ...WELL, verdict: { kind: 'networkStall', since: 0 } };
const poor = (trouble: 'incoming' | 'outgoing' | 'delay'): CallSigns => ({
  ...WELL,
  quality: { level: 'poor', trouble },
});

it.each<[string, CallSigns, CallStatus]>([
  ['a call as it should be', WELL, 'well'],
  ['a call whose own lobby link is away', { ...WELL, linkUp: false }, 'well'],
  ['a camera that is off', { ...off, verdict: { kind: 'cameraOff' } }, 'cameraOff'],
  ['a camera that has just gone off', off, 'cameraOff'],
  ['a camera that has just come on', { ...WELL, verdict: { kind: 'cameraOff' } }, 'well'],
  [
    'a camera that stopped before it said so',
    { ...off, verdict: { kind: 'senderStopped', since: 0 } },
    'cameraOff',
  ],
  ['nothing arrives', stall, 'reconnecting'],
  ['nothing arrives, nor does the lobby', { ...stall, linkUp: false }, 'ownConnectionLost'],
  [
    'nothing arrives, and the partner’s lobby link is gone',
    { ...stall, partnerLinkUp: false },
    'partnerConnectionLost',
  ],
  [
    'nothing arrives at the partner',
    { ...WELL, verdict: { kind: 'deafPartner', since: 0 } },
    'partnerHearsNothing',
  ],
  [
    'pictures come back',
    { ...WELL, verdict: { kind: 'decoderStall', since: 0 } },
    'pictureReturning',
  ],
  [
    'pictures have stopped',
    { ...WELL, verdict: { kind: 'senderStopped', since: 0 } },
    'pictureStopped',
  ],
  [
    'pictures that gave way to the sound',
    { ...WELL, pictureHeld: true, verdict: { kind: 'senderStopped', since: 0 } },
    'soundAlone',
  ],
  ['pictures that are back before it is said', { ...WELL, pictureHeld: true }, 'well'],
  ['a fair connection', { ...WELL, quality: { level: 'fair', trouble: 'incoming' } }, 'well'],
  ['a poor way in', poor('incoming'), 'partnerWeak'],
  ['a poor way out', poor('outgoing'), 'ownWeak'],
  ['a long way', poor('delay'), 'longDelay'],
  ['a stall on a poor way in', { ...poor('incoming'), verdict: stall.verdict }, 'reconnecting'],
])('SM21: %s is said as it is', (_name, signs, status) => {
  expect(callStatus(signs)).toBe(status);
});
