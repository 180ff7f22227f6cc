import StoppedScreen from '../components/panel/StoppedScreen.vue';
import AddressPrivacy from '../components/settings/AddressPrivacy.vue';
import ServerAddress from '../components/settings/ServerAddress.vue';
import { galleryPart, galleryState, type GalleryState } from './galleryState.ts';

const OTHERS = [
  'lobbyClosed',
  'openElsewhere',
  'inWindow',
  'outdated',
  'refused',
  'tooMany',
  'left',
] as const;
const OUTCOMES = [
  'reachable',
  'saved',
  'unreachable',
  'notFoyer',
  'notAnAddress',
  'insecure',
] as const;

const noServer = {
  reason: 'noServer',
  serverAddress: 'http://127.0.0.1:8787',
  retryTotalMs: 10_000,
} as const;
const settings = { class: 'm-4', address: 'http://127.0.0.1:8787', checking: false, outcome: null };

/** Where nothing goes on until the person does something, and the options page. */
export const STOPPED_STATES: readonly GalleryState[] = [
  galleryState('stopped-no-server', StoppedScreen, { stop: { ...noServer, retryInMs: 4_000 } }),
  galleryState('stopped-no-server-trying', StoppedScreen, {
    stop: { ...noServer, retryInMs: null },
  }),
  galleryState('stopped-crowded', StoppedScreen, {
    stop: { reason: 'crowded', retryInMs: 24_000, retryTotalMs: 40_000 },
  }),
  galleryState('stopped-not-open-yet', StoppedScreen, {
    stop: { reason: 'notOpenYet', opensAt: '2026-11-21T14:30:00.000Z' },
  }),
  galleryState('stopped-not-open-yet-unknown', StoppedScreen, {
    stop: { reason: 'notOpenYet', opensAt: null },
  }),
  ...OTHERS.map((reason) => galleryState(`stopped-${reason}`, StoppedScreen, { stop: { reason } })),
  galleryPart('address-privacy', AddressPrivacy, {
    class: 'm-4',
    modelValue: 'whenPossible',
    saved: false,
  }),
  galleryPart('address-privacy-saved', AddressPrivacy, {
    class: 'm-4',
    modelValue: 'always',
    saved: true,
  }),
  galleryState('server-address', ServerAddress, settings),
  galleryState('server-address-checking', ServerAddress, { ...settings, checking: true }),
  ...OUTCOMES.map((outcome) =>
    galleryState(`server-address-${outcome}`, ServerAddress, { ...settings, outcome }),
  ),
];
