import { expect, test } from 'vitest';
import { ok, fail } from '../result.ts';
import { eventKeyOf } from './eventKey.ts';

const ID = 'dQw4w9WgXcQ';

test.each([
  `https://www.youtube.com/watch?v=${ID}`,
  `http://www.youtube.com/watch?v=${ID}`,
  `https://youtube.com/watch?v=${ID}`,
  `https://m.youtube.com/watch?v=${ID}`,
  `https://music.youtube.com/watch?v=${ID}`,
  `https://gaming.youtube.com/watch?v=${ID}`,
  `https://www.youtube.com/watch/?v=${ID}`,
  `https://www.youtube.com/watch?app=desktop&v=${ID}&t=42s`,
  `https://www.youtube.com/watch?v=${ID}&list=PLabc&index=3`,
  `https://www.youtube.com/watch?v=${ID}#t=10`,
  `https://www.youtube.com/watch?v=${ID}&v=aaaaaaaaaaa`,
  `https://www.youtube.com/watch/${ID}`,
  `https://www.youtube.com/watch_popup?v=${ID}`,
  `https://www.youtube.com/live_chat?is_popout=1&v=${ID}`,
  `https://www.youtube.com/live/${ID}`,
  `https://www.youtube.com/live/${ID}?si=personalShareToken`,
  `https://www.youtube.com/live/${ID}/`,
  `https://www.youtube.com//live//${ID}`,
  `https://www.youtube.com/shorts/${ID}`,
  `https://www.youtube.com/embed/${ID}?autoplay=1`,
  `https://www.youtube.com/v/${ID}`,
  `https://www.youtube.com/e/${ID}`,
  `https://www.youtube-nocookie.com/embed/${ID}`,
  `https://youtube-nocookie.com/embed/${ID}?rel=0`,
  `https://youtu.be/${ID}`,
  `https://www.youtu.be/${ID}`,
  `https://youtu.be/${ID}?si=personalShareToken&t=1`,
  `https://studio.youtube.com/video/${ID}/livestreaming`,
  `https://studio.youtube.com/video/${ID}/edit?c=channel`,
  `HTTPS://WWW.YOUTUBE.COM/watch?v=${ID}`,
  `https://www.youtube.com:443/watch?v=${ID}`,
  `http://www.youtube.com:80/watch?v=${ID}`,
  `https://www.youtube.com./watch?v=${ID}`,
  `  https://www.youtube.com/watch?v=${ID}\n`,
  `https:\\\\www.youtube.com\\watch?v=${ID}`,
  `https://www.youtube.com/%77atch?v=${ID}`,
  `https://www.youtube.com/watch?%76=${ID}`,
  `https://www.youtube.com/a/../watch?v=${ID}`,
  `https://ｙoutube。com/watch?v=${ID}`,
])('EK10: one video, one key: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(
    ok({
      key: `youtube:video:${ID}`,
      url: `https://www.youtube.com/watch?v=${ID}`,
      bareKey: `youtube:video:${ID}`,
    }),
  );
});

test('EK10: ids keep their letter case and may hold - and _', () => {
  expect(eventKeyOf('https://youtu.be/-_aB3dEfGhI')).toMatchObject({
    value: { key: 'youtube:video:-_aB3dEfGhI' },
  });
});

test.each([
  'https://www.youtube.com/@handle/live',
  'https://www.youtube.com/%40handle/live',
  'https://m.youtube.com/@handle/live/',
  'https://www.youtube.com/c/SomeConference/live',
  'https://www.youtube.com/user/SomeConference/live',
  'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/live',
  'https://www.youtube.com/SomeConference/live',
  'https://www.youtube.com/embed/live_stream?channel=UCabcdefghijklmnopqrstuv',
  'https://www.youtube-nocookie.com/embed/live_stream?channel=UCabc',
])('EK11: a moving pointer: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('movingPointer'));
});

test.each([
  'https://www.youtube.com',
  'https://www.youtube.com/',
  'https://www.youtube.com/watch',
  'https://www.youtube.com/watch?v=',
  'https://www.youtube.com/watch?v=short',
  `https://www.youtube.com/watch?v=${ID}x`,
  `https://www.youtube.com/watch?v=${ID}%00`,
  'https://www.youtube.com/watch?v=dQw4w9WgXc%20',
  'https://www.youtube.com/watch?list=PLabc',
  `https://www.youtube.com/results?search_query=${ID}`,
  'https://www.youtube.com/playlist?list=PLabc',
  'https://www.youtube.com/feed/subscriptions',
  'https://www.youtube.com/embed/videoseries?list=PLabc',
  'https://www.youtube.com/live',
  `https://www.youtube.com/live/${ID}/more`,
  'https://www.youtube.com/live/live',
  'https://www.youtube.com/@handle',
  'https://www.youtube.com/@handle/streams',
  'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv',
  `https://www.youtube.com/redirect?q=https%3A%2F%2Fyoutu.be%2F${ID}`,
  'https://youtu.be/',
  'https://youtu.be/short',
  'https://studio.youtube.com/channel/UCabc',
])('EK12: no single broadcast: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('notAnEvent'));
});

test.each([
  `https://accounts.youtube.com/watch?v=${ID}`,
  `https://tv.youtube.com/watch/${ID}`,
  `https://consent.youtube.com/m?continue=https://youtu.be/${ID}`,
])('EK6: a host of YouTube that shows no broadcast: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('notAnEvent'));
});
