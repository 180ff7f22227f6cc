import GreenRoom from '../components/lobby/GreenRoom.vue';
import WaitingRoom from '../components/lobby/WaitingRoom.vue';
import type { DeviceSettingsView } from '../components/settings/deviceSettingsView.ts';
import DeviceDialog from '../components/settings/DeviceDialog.vue';
import type { Device, DeviceNotice, DeviceState } from '../media/localMediaState.ts';
import type { MediaProblem } from '../media/mediaProblem.ts';
import type { System } from '../media/systemOf.ts';
import { ADA } from './people.ts';
import { galleryState, type GalleryState } from './galleryState.ts';

const TITLE = 'Opening keynote: what a hallway is for';

const device = (id: string, label: string) => ({ id, label, group: id });
const FRONT = device('front', 'FaceTime HD Camera (Built-in)');
const BRIO = device('usb', 'Logitech BRIO Ultra HD Webcam with a very long product name');
const BUILT_IN = device('built-in', 'Internal microphone');
const open = (of: Device, notice: DeviceNotice | null = null): DeviceState => ({
  at: 'open',
  on: true,
  device: of,
  next: null,
  notice,
});
const failed = (problem: MediaProblem): DeviceState => ({ at: 'failed', problem, label: '' });

const SETTINGS: DeviceSettingsView = {
  camera: open(FRONT),
  microphone: open(BUILT_IN),
  devices: {
    camera: [FRONT, BRIO],
    microphone: [BUILT_IN],
    speaker: [device('default', 'Default - Headphones'), device('tv', 'Television')],
  },
  canChooseSpeaker: true,
  speakerId: '',
  speakerNotice: null,
  speakerTest: 'idle',
  microphoneTest: 'idle',
};

const GREEN = {
  stream: ADA,
  level: 0.55,
  cameraOn: true,
  microphoneOn: true,
  problems: {},
  opening: false,
  asking: false,
  system: 'windows' as const,
  canOpenPermissions: true,
  settings: SETTINGS,
};
const frame = { title: TITLE };
const DARK: DeviceSettingsView = {
  ...SETTINGS,
  camera: failed('denied'),
  microphone: failed('denied'),
  devices: { camera: [], microphone: [], speaker: [] },
};
const dark = { ...GREEN, stream: null, settings: DARK };

const DIALOG = { open: true, level: 0.4, system: 'linux', canOpenPermissions: true } as const;
const STAND_INS = {
  camera: open(FRONT, { kind: 'standsIn', wanted: BRIO.label, because: 'gone' }),
  microphone: open(BUILT_IN, { kind: 'switchFailed', wanted: 'Jabra Evolve2 65', problem: 'busy' }),
} as const;
const SYSTEMS: readonly System[] = ['windows', 'mac', 'chromeos', 'linux', 'other'];

const PROBLEMS: readonly MediaProblem[] = [
  'denied',
  'dismissed',
  'blockedByPage',
  'blockedBySystem',
  'busy',
  'missing',
  'unplugged',
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
const BEFORE_ROUND = { pairing: 'betweenRounds', nextRoundInMs: 154_000 } as const;
const alone = { ...ROOM, presence: { here: 1, waiting: 1 }, waitedMs: 64_000 };

/** Device check and lobby. */
export const LOBBY_STATES: readonly GalleryState[] = [
  galleryState('green-opening', GreenRoom, { ...dark, opening: true }, frame),
  galleryState('green-asking', GreenRoom, { ...dark, opening: true, asking: true }, frame),
  galleryState(
    'green-stand-ins',
    GreenRoom,
    { ...GREEN, settings: { ...SETTINGS, ...STAND_INS } },
    frame,
  ),
  galleryState(
    'green-recording',
    GreenRoom,
    { ...GREEN, settings: { ...SETTINGS, microphoneTest: 'recording' as const } },
    frame,
  ),
  galleryState(
    'green-no-tune',
    GreenRoom,
    { ...GREEN, settings: { ...SETTINGS, speakerTest: 'failed' as const } },
    frame,
  ),
  ...SYSTEMS.map((system) =>
    galleryState(
      `green-system-${system}`,
      GreenRoom,
      { ...dark, system, problems: { camera: 'blockedBySystem', microphone: 'blockedBySystem' } },
      frame,
    ),
  ),
  galleryState(
    'green-denied-elsewhere',
    GreenRoom,
    {
      ...dark,
      canOpenPermissions: false,
      problems: { camera: 'denied', microphone: 'denied' },
    },
    frame,
  ),
  galleryState(
    'devices-dialog',
    DeviceDialog,
    { ...DIALOG, view: { ...SETTINGS, ...STAND_INS }, testable: true },
    frame,
  ),
  galleryState(
    'devices-dialog-lost',
    DeviceDialog,
    {
      ...DIALOG,
      view: { ...SETTINGS, camera: failed('unplugged'), microphone: failed('blockedByPage') },
      testable: false,
    },
    frame,
  ),
  galleryState(
    'devices-dialog-in-call',
    DeviceDialog,
    { ...DIALOG, view: SETTINGS, testable: false },
    frame,
  ),
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
      {
        ...GREEN,
        stream: null,
        settings: { ...SETTINGS, camera: failed(problem) },
        problems: { camera: problem },
      },
      frame,
    ),
    galleryState(
      `green-microphone-${problem}`,
      GreenRoom,
      {
        ...GREEN,
        settings: { ...SETTINGS, microphone: failed(problem) },
        problems: { microphone: problem },
      },
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
  galleryState(
    'waiting-expected',
    WaitingRoom,
    { ...ROOM, waitedMs: 23_000, expectedInMs: 38_000 },
    inside,
  ),
  galleryState(
    'waiting-asked',
    WaitingRoom,
    { ...ROOM, waitedMs: 203_000, answerInMs: 7_400 },
    inside,
  ),
  galleryState(
    'waiting-met-everybody',
    WaitingRoom,
    { ...ROOM, waitedMs: 23_000, metEverybody: true },
    inside,
  ),
  galleryState(
    'waiting-new-cycle',
    WaitingRoom,
    { ...ROOM, waitedMs: 23_000, notice: { kind: 'newCycle' } },
    inside,
  ),
  galleryState(
    'waiting-after-leaving-early',
    WaitingRoom,
    { ...ROOM, waitedMs: 2_000, restMs: 14_000 },
    inside,
  ),
  galleryState('waiting-no-answer', WaitingRoom, { ...ROOM, notice: { kind: 'noAnswer' } }, inside),
  galleryState('waiting-paused', WaitingRoom, { ...ROOM, pairing: 'paused' }, inside),
  galleryState(
    'waiting-paused-ready',
    WaitingRoom,
    { ...ROOM, pairing: 'paused', waitedMs: 23_000 },
    inside,
  ),
  galleryState('waiting-before-round', WaitingRoom, { ...ROOM, ...BEFORE_ROUND }, inside),
  galleryState(
    'waiting-before-round-ready',
    WaitingRoom,
    { ...ROOM, ...BEFORE_ROUND, waitedMs: 23_000 },
    inside,
  ),
  galleryState('waiting-no-relay', WaitingRoom, { ...ROOM, noRelay: true }, inside),
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
