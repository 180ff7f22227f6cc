import AfterCall from '../components/call/AfterCall.vue';
import CallStage from '../components/call/CallStage.vue';
import type { EndReason } from '../../shared/protocol/lobby.ts';
import { galleryState, type GalleryState } from './galleryState.ts';
import { ADA, BEN } from './people.ts';

const TITLE = 'Opening keynote: what a hallway is for';
const LONG_NAME = 'Bartholomew Featherstonehaugh-Wick (ACM)';

/** A call as it should be. */
export const LIVE_CALL = {
  phase: 'live',
  partnerName: 'Ben',
  remoteStream: BEN,
  selfStream: ADA,
  remainingMs: 92_000,
  totalMs: 120_000,
  selfMedia: { camera: true, microphone: true },
  hasCamera: true,
  hasMicrophone: true,
  partnerMedia: { camera: true, microphone: true, sequence: 1 },
} as const;
/** Near enough to the end for more time to be offered. */
const ENDING = { ...LIVE_CALL, remainingMs: 28_000, moreMs: 120_000 } as const;
const frame = { title: TITLE, here: 12, stage: true };
const connecting = {
  ...LIVE_CALL,
  phase: 'connecting',
  remoteStream: null,
  partnerMedia: null,
} as const;
const off = { camera: false, microphone: false };

const CHAT = [
  { from: 'me', text: 'Hello Ben, my microphone is broken.' },
  { from: 'partner', text: 'No problem! I liked the part about hallways. What brings you here?' },
  { from: 'me', text: 'https://conf.example/a/very/long/address/that/has/no/spaces/to/break/at' },
] as const;

const AFTER = {
  partnerName: 'Ben',
  reason: 'timeUp',
  nextInMs: 6_000,
  totalNextMs: 8_000,
} as const;
const REASONS: readonly EndReason[] = [
  'timeUp',
  'partnerLeft',
  'youLeft',
  'connectFailed',
  'lobbyClosed',
];
const lit = { title: TITLE, here: 12 };

/** A conversation from "You meet" to the next one. */
export const CALL_STATES: readonly GalleryState[] = [
  galleryState('call-connecting', CallStage, connecting, frame),
  galleryState(
    'call-connecting-long-name',
    CallStage,
    { ...connecting, partnerName: LONG_NAME, selfMedia: off },
    frame,
  ),
  galleryState('call-live', CallStage, LIVE_CALL, frame),
  galleryState('call-live-30s', CallStage, ENDING, frame),
  galleryState('call-live-10s', CallStage, { ...ENDING, remainingMs: 8_000 }, frame),
  galleryState('call-more-offered', CallStage, { ...ENDING, moreTime: 'open' }, frame),
  galleryState('call-more-asked', CallStage, { ...ENDING, moreTime: 'asked' }, frame),
  galleryState(
    'call-more-asked-long-name',
    CallStage,
    { ...ENDING, moreTime: 'asked', moreMs: 15_000, partnerName: LONG_NAME, chat: CHAT },
    frame,
  ),
  galleryState(
    'call-goodbye-more',
    CallStage,
    { ...ENDING, phase: 'goodbye', remainingMs: 7_600, moreTime: 'open' },
    frame,
  ),
  galleryState(
    'call-live-all-off',
    CallStage,
    { ...LIVE_CALL, selfMedia: off, partnerMedia: { ...off, sequence: 2 } },
    frame,
  ),
  galleryState(
    'call-live-partner-muted-long-name',
    CallStage,
    {
      ...LIVE_CALL,
      partnerName: LONG_NAME,
      partnerMedia: { camera: true, microphone: false, sequence: 2 },
    },
    frame,
  ),
  galleryState(
    'call-live-no-devices',
    CallStage,
    { ...LIVE_CALL, selfStream: null, hasCamera: false, hasMicrophone: false },
    frame,
  ),
  galleryState('call-sound-only', CallStage, { ...LIVE_CALL, soundOnly: true }, frame),
  galleryState('call-live-chat', CallStage, { ...LIVE_CALL, chat: CHAT }, frame),
  galleryState(
    'call-live-text-only',
    CallStage,
    {
      ...LIVE_CALL,
      selfStream: null,
      hasCamera: false,
      hasMicrophone: false,
      selfMedia: off,
      partnerMedia: { ...off, sequence: 2 },
    },
    frame,
  ),
  galleryState('call-live-reconnecting', CallStage, LIVE_CALL, { ...frame, linkUp: false }),
  galleryState(
    'call-goodbye',
    CallStage,
    { ...LIVE_CALL, phase: 'goodbye', remainingMs: 7_600 },
    frame,
  ),
  ...REASONS.map((reason) => galleryState(`after-${reason}`, AfterCall, { ...AFTER, reason }, lit)),
  galleryState(
    'after-leaving-early',
    AfterCall,
    { ...AFTER, reason: 'youLeft', restMs: 14_000 },
    lit,
  ),
  galleryState('after-blocking', AfterCall, { ...AFTER, reason: 'youLeft', blocked: true }, lit),
  galleryState('after-timeUp-long-name', AfterCall, { ...AFTER, partnerName: LONG_NAME }, lit),
  galleryState('after-break', AfterCall, { ...AFTER, nextInMs: null }, lit),
];
