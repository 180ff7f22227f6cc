import { expect, it } from 'vitest';
import type { EventId } from '../../../shared/ids.ts';
import { nameOfPart, partOfName } from './lobbyPart.ts';

const eventId = '0123456789abcdef01234567' as EventId;

it('CU30: the first part has the name of its event, and every part is found by its name', () => {
  expect(nameOfPart({ eventId, part: 1 })).toBe(eventId);
  for (const part of [1, 2, 9, 10, 200]) {
    expect(partOfName(nameOfPart({ eventId, part }))).toEqual({ eventId, part });
  }
});
