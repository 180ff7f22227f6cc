import type { CallStatus } from '../call/callStatus.ts';
import { connectionPoints } from '../call/connectionPoint.ts';
import type { FakeSecond } from '../call/fakeSamples.ts';
import { fakeSamples } from '../call/fakeSamples.ts';
import CallStage from '../components/call/CallStage.vue';
import ConnectionDetails from '../components/call/ConnectionDetails.vue';
import { LIVE_CALL } from './callStates.ts';
import { galleryState, type GalleryState } from './galleryState.ts';

const frame = { title: 'Opening keynote: what a hallway is for', here: 12, stage: true };

const STATUSES: readonly CallStatus[] = [
  'reconnecting',
  'ownConnectionLost',
  'partnerConnectionLost',
  'partnerHearsNothing',
  'pictureReturning',
  'pictureStopped',
  'soundAlone',
  'partnerWeak',
  'ownWeak',
  'longDelay',
];

/** A minute with a bad spell after 20 s and a stall at 40 s. */
function badMinute(index: number): FakeSecond {
  if (index > 40 && index < 46) return { frames: 0, bytes: 0, roundTripMs: 40 };
  const wave = 1 + Math.sin(index / 3) / 8;
  return index > 20 && index < 32
    ? { lost: 9 + (index % 5), frames: 14, bytes: 40_000 * wave, roundTripMs: 180 * wave }
    : { bytes: 100_000 * wave, roundTripMs: 40 * wave };
}

const samples = fakeSamples(60, badMinute);
const DETAILS = {
  quality: { level: 'good', trouble: 'none' },
  sample: samples.at(-1) ?? null,
  points: connectionPoints(samples),
  copied: 'notYet',
  report: '{ "foyer": "0.1.0" }',
} as const;

/** What can be said about a connection, and its details. */
export const CONNECTION_STATES: readonly GalleryState[] = [
  ...STATUSES.map((status) =>
    galleryState(`connection-${status}`, CallStage, { ...LIVE_CALL, status, level: 'poor' }, frame),
  ),
  galleryState('connection-fair', CallStage, { ...LIVE_CALL, level: 'fair' }, frame),
  galleryState('connection-details', ConnectionDetails, DETAILS, frame),
  galleryState(
    'connection-details-waiting',
    ConnectionDetails,
    { ...DETAILS, sample: null, points: [] },
    frame,
  ),
  galleryState(
    'connection-details-poor-copied',
    ConnectionDetails,
    { ...DETAILS, quality: { level: 'poor', trouble: 'outgoing' }, copied: 'done' },
    frame,
  ),
  galleryState(
    'connection-details-copy-failed',
    ConnectionDetails,
    { ...DETAILS, copied: 'failed' },
    frame,
  ),
];
