import { fakePerson } from './fakePerson.ts';

export const ADA = fakePerson({
  room: '#6b3f57',
  skin: '#e8b48c',
  hair: '#3a231c',
  shirt: '#2f6f73',
});

export const BEN = fakePerson({
  room: '#34556b',
  skin: '#8d5a3c',
  hair: '#1c1512',
  shirt: '#c76b3a',
});
