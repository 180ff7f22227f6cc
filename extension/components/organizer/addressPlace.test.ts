import { expect, test } from 'vitest';
import { addressPlace, parameterOptions, wireAddress } from './addressPlace.ts';

const draft = (text: string, parameters: string[] = []) => ({ id: 0, text, parameters });

test.each([
  ['conf.example/live', 'web:conf.example/live'],
  ['conf.example', 'web:conf.example/'],
  ['localhost:3000/live', 'web:localhost:3000/live'],
  ['  youtu.be/dQw4w9WgXcQ?si=x ', 'youtube:video:dQw4w9WgXcQ'],
  ['http://conf.example/live', 'web:conf.example/live'],
])('OR2: %j may leave the scheme out', (text, key) => {
  expect(addressPlace(draft(text))).toMatchObject({ value: { key } });
});

test.each([
  ['', 'missing'],
  ['   ', 'missing'],
  ['my talk', 'notAnAddress'],
  ['talk', 'notAnAddress'],
  ['javascript:alert(1)', 'schemeUnsupported'],
  ['ada:s3cret@conf.example', 'schemeUnsupported'],
  ['https://ada:s3cret@conf.example', 'credentials'],
  ['youtube.com/@conf/live', 'movingPointer'],
  ['youtube.com', 'notAnEvent'],
])('OR3: %j is refused as %s', (text, error) => {
  expect(addressPlace(draft(text))).toEqual({ ok: false, error });
});

test('OR4: parameters are offered where Foyer does not know the site, and nowhere else', () => {
  expect(parameterOptions(draft('conf.example/live?session=42&t%20x=1&session=43'))).toEqual([
    { name: 'session', value: '42' },
  ]);
  expect(parameterOptions(draft('youtube.com/watch?v=dQw4w9WgXcQ&room=1'))).toEqual([]);
  expect(parameterOptions(draft('not an address?room=1'))).toEqual([]);
});

test('OR5: only ticked parameters that the address has are sent', () => {
  const address = draft('https://conf.example/live?session=42&token=s3cret', ['session', 'room']);
  const place = addressPlace(address);
  expect(place.ok && wireAddress(place.value, address.parameters)).toEqual({
    url: 'https://conf.example/live?session=42',
    parameters: ['session'],
  });
});
