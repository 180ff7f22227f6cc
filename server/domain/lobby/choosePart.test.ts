import { expect, it } from 'vitest';
import { choosePart } from './choosePart.ts';

const MOST = 100;

interface Scene {
  /** How many are in part 1, 2, … */
  readonly people: readonly number[];
  readonly lately?: number;
  readonly goesTo: number;
}

const choose = ({ people, lately }: Omit<Scene, 'goesTo'>) =>
  choosePart(
    people.map((count, place) => ({ part: place + 1, people: count })),
    { lately: lately ?? null, most: MOST },
  );

it.each<[string, Scene]>([
  ['the first comes to the first part', { people: [], goesTo: 1 }],
  ['there is one part as long as it has room', { people: [99], goesTo: 1 }],
  ['when it is full there is a second', { people: [100], goesTo: 2 }],
  [
    'the new part is not left alone while the old one is nearly full',
    { people: [99, 1], goesTo: 2 },
  ],
  ['below 95 % the fullest gets the newcomers', { people: [94, 50, 70], goesTo: 1 }],
  ['it may be a later one', { people: [100, 30, 70], goesTo: 3 }],
  ['of two that are equally full the earlier one', { people: [100, 40, 40], goesTo: 2 }],
  ['when all are nearly full, the fullest with room', { people: [97, 99, 100], goesTo: 2 }],
  ['when all are full, a new one', { people: [100, 100], goesTo: 3 }],
  ['a number that has become free serves again', { people: [100, 0, 100], goesTo: 2 }],
  ['nobody is sent to an empty part while another has room', { people: [97, 0], goesTo: 1 }],
  ['a part that is more than full is full', { people: [104], goesTo: 2 }],
])('CU30: %s', (_, scene) => {
  expect(choose(scene)).toBe(scene.goesTo);
});

it.each<[string, Scene]>([
  ['who was in a part comes back to it', { people: [80, 20], lately: 2, goesTo: 2 }],
  ['also when it is full: their seat may be kept', { people: [100, 20], lately: 1, goesTo: 1 }],
  ['not when everybody has left it', { people: [80, 0], lately: 2, goesTo: 1 }],
  ['not when nobody runs it', { people: [80], lately: 7, goesTo: 1 }],
])('CU31: %s', (_, scene) => {
  expect(choose(scene)).toBe(scene.goesTo);
});
