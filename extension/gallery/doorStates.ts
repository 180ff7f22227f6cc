import EventChoice from '../components/lobby/EventChoice.vue';
import GroupCreated from '../components/lobby/GroupCreated.vue';
import LookingUp from '../components/lobby/LookingUp.vue';
import NameForm from '../components/lobby/NameForm.vue';
import UnknownEvent from '../components/lobby/UnknownEvent.vue';
import type { EventId } from '../../shared/ids.ts';
import { galleryState, type GalleryState } from './galleryState.ts';

const TITLE = 'Opening keynote: what a hallway is for';
const LONG_TITLE =
  'Twenty-seventh Annual International Conference on Distributed Conversation, day two, main hall: closing panel';
const LISTED = {
  eventId: 'event0001' as EventId,
  title: LONG_TITLE,
  here: 41,
  state: 'open',
  opensAt: null,
} as const;
const GROUPS = [
  { eventId: 'event0002' as EventId, title: 'Friends of the Lisbon meetup' },
  { eventId: 'event0003' as EventId, title: 'Team' },
];
const NOTHING_TOLD = { group: null, languages: [], interests: [] };
const DOOR = {
  name: '',
  about: NOTHING_TOLD,
  ownLanguage: 'de-AT',
  eventTitle: TITLE,
  here: 12,
  state: 'open',
} as const;
const TOLD = {
  group: 'acme international',
  languages: ['en', 'tlh', 'pt'],
  interests: ['hallways', 'tea', 'accessibility'],
};
const ASKING = { groups: 'notWithin', languages: 'shared' } as const;
const page = { pageName: 'conf.example' };

/** From opening the panel to the name. */
export const DOOR_STATES: readonly GalleryState[] = [
  galleryState('looking-up', LookingUp, {}),
  galleryState('unknown-unregistered', UnknownEvent, { ...page, reason: 'unregistered' }),
  galleryState(
    'unknown-naming-group',
    UnknownEvent,
    { ...page, reason: 'unregistered' },
    {},
    'main button',
  ),
  galleryState('unknown-group-refused', UnknownEvent, {
    ...page,
    reason: 'unregistered',
    problem: 'The server is busy at the moment. Wait a minute, then try again.',
  }),
  galleryState('unknown-moving-pointer', UnknownEvent, { ...page, reason: 'movingPointer' }),
  galleryState('unknown-not-an-event', UnknownEvent, { ...page, reason: 'notAnEvent' }),
  galleryState('unknown-unsupported', UnknownEvent, { ...page, reason: 'unsupported' }),
  galleryState('group-created', GroupCreated, {
    title: 'Friends of Ada',
    inviteUrl: 'http://127.0.0.1:8787/invite/event0002#kJ3hf7Yq0wPz81LmNbVcXs2d',
  }),
  galleryState('group-created-copied', GroupCreated, {
    title: 'Friends of Ada',
    inviteUrl: 'http://127.0.0.1:8787/invite/event0002#kJ3hf7Yq0wPz81LmNbVcXs2d',
    copied: true,
  }),
  galleryState('choice-open', EventChoice, { listed: LISTED, groups: GROUPS }),
  galleryState('choice-soon', EventChoice, {
    listed: { ...LISTED, state: 'soon', opensAt: '2026-11-21T14:30:00.000Z' },
    groups: GROUPS.slice(1),
  }),
  galleryState('choice-groups-only', EventChoice, { listed: null, groups: GROUPS }),
  galleryState('name', NameForm, DOOR, { title: TITLE }),
  galleryState(
    'name-returning',
    NameForm,
    { ...DOOR, name: 'Ada Lovelace', eventTitle: LONG_TITLE, here: null },
    { title: LONG_TITLE },
  ),
  galleryState('name-empty', NameForm, DOOR, { title: TITLE }, 'button[type=submit]'),
  galleryState('name-about', NameForm, DOOR, { title: TITLE }, 'summary'),
  galleryState(
    'name-about-asking',
    NameForm,
    { ...DOOR, name: 'Ada', whoMeets: ASKING },
    { title: TITLE },
    'summary',
  ),
  galleryState(
    'name-about-told',
    NameForm,
    { ...DOOR, name: 'Ada', about: TOLD, whoMeets: { ...ASKING, groups: 'onlyWithin' } },
    { title: TITLE },
    'summary',
  ),
  galleryState(
    'name-about-wrong',
    NameForm,
    {
      ...DOOR,
      name: 'Ada',
      about: { ...TOLD, group: 'a'.repeat(60), interests: [...'abcdefghijk'] },
      whoMeets: ASKING,
    },
    { title: TITLE },
    'button[type=submit]',
  ),
  galleryState('name-soon', NameForm, {
    ...DOOR,
    state: 'soon',
    opensAt: '2026-11-21T14:30:00.000Z',
  }),
  galleryState('name-closed', NameForm, { ...DOOR, state: 'closed' }),
];
