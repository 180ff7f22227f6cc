import GreenRoom from '../components/lobby/GreenRoom.vue';
import WaitingRoom from '../components/lobby/WaitingRoom.vue';
import type { MediaProblem } from '../media/mediaProblem.ts';
import { ADA } from './people.ts';
import { galleryState, type GalleryState } from './galleryState.ts';

const TITLE = 'Opening keynote: what a hallway is for';

const GREEN = {
  stream: ADA,
  level: 0.55,
  cameraOn: true,
  microphoneOn: true,
  problems: {},
  opening: false,
  cameras: [
    { id: 'front', label: 'FaceTime HD Camera (Built-in)' },
    { id: 'usb', label: 'Logitech BRIO Ultra HD Webcam with a very long product name' },
  ],
  microphones: [{ id: 'built-in', label: 'Internal microphone' }],
  cameraId: 'front',
  microphoneId: 'built-in',
};
const frame = { title: TITLE };
const dark = { ...GREEN, stream: null, cameras: [], microphones: [] };

const PROBLEMS: readonly MediaProblem[] = [
  'denied',
  'dismissed',
  'blockedByPage',
  'blockedBySystem',
  'busy',
  'missing',
  'failed',
];

const ROOM = {
  presence: { here: 12, waiting: 3 },
  waitedMs: null,
  notice: null,
  selfStream: ADA,
  cameraOn: true,
  microphoneOn: true,
  hasCamera: true,
  hasMicrophone: true,
};
const inside = { title: TITLE, here: 12 };
const alone = { ...ROOM, presence: { here: 1, waiting: 1 }, waitedMs: 64_000 };

/** Device check and lobby. */
export const LOBBY_STATES: readonly GalleryState[] = [
  galleryState('green-opening', GreenRoom, { ...dark, opening: true }, frame),
  galleryState('green-ready', GreenRoom, GREEN, frame),
  galleryState(
    'green-both-off',
    GreenRoom,
    { ...GREEN, cameraOn: false, microphoneOn: false },
    frame,
  ),
  ...PROBLEMS.flatMap((problem) => [
    galleryState(
      `green-both-${problem}`,
      GreenRoom,
      { ...dark, problems: { camera: problem, microphone: problem } },
      frame,
    ),
    galleryState(
      `green-camera-${problem}`,
      GreenRoom,
      { ...GREEN, stream: null, cameras: [], problems: { camera: problem } },
      frame,
    ),
    galleryState(
      `green-microphone-${problem}`,
      GreenRoom,
      { ...GREEN, microphones: [], problems: { microphone: problem } },
      frame,
    ),
  ]),
  galleryState(
    'green-two-problems',
    GreenRoom,
    { ...dark, problems: { camera: 'busy', microphone: 'missing' } },
    frame,
  ),
  galleryState('waiting-idle', WaitingRoom, ROOM, inside),
  galleryState('waiting-ready', WaitingRoom, { ...ROOM, waitedMs: 23_000 }, inside),
  galleryState('waiting-alone', WaitingRoom, alone, { title: TITLE, here: 1 }),
  galleryState(
    'waiting-alone-copied',
    WaitingRoom,
    { ...alone, waitedMs: null, copied: true },
    { title: TITLE, here: 1 },
  ),
  galleryState(
    'waiting-partner-left',
    WaitingRoom,
    { ...ROOM, waitedMs: 2_000, notice: { kind: 'partnerLeft', partnerName: 'Ben' } },
    inside,
  ),
  galleryState(
    'waiting-connect-failed',
    WaitingRoom,
    {
      ...ROOM,
      waitedMs: 2_000,
      cameraOn: false,
      microphoneOn: false,
      notice: { kind: 'connectFailed', partnerName: 'Bartholomew Featherstonehaugh-Wick' },
    },
    inside,
  ),
  galleryState(
    'waiting-reconnecting',
    WaitingRoom,
    { ...ROOM, waitedMs: 41_000 },
    { ...inside, linkUp: false },
  ),
  galleryState(
    'waiting-no-devices',
    WaitingRoom,
    { ...ROOM, selfStream: null, hasCamera: false, hasMicrophone: false },
    inside,
  ),
];
