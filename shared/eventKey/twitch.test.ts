import { expect, test } from 'vitest';
import { fail, ok } from '../result.ts';
import { eventKeyOf } from './eventKey.ts';

test.each([
  'https://www.twitch.tv/conf_talks',
  'https://twitch.tv/conf_talks',
  'https://m.twitch.tv/conf_talks',
  'https://www.twitch.tv/Conf_Talks/',
  'https://www.twitch.tv/CONF_TALKS?referrer=raid',
  'https://www.twitch.tv/conf_talks/chat',
  'https://www.twitch.tv/conf_talks/home',
  'https://www.twitch.tv/popout/conf_talks/chat?popout=',
  'https://www.twitch.tv/embed/conf_talks/chat?parent=conf.example',
  'https://www.twitch.tv/moderator/conf_talks',
  'https://player.twitch.tv/?channel=conf_talks&parent=conf.example',
  'https://player.twitch.tv/?channel=Conf_Talks&muted=true',
  'https://embed.twitch.tv/?channel=conf_talks',
])('EK15: one channel, one key: %s', (url) => {
  const key = 'twitch:channel:conf_talks';
  expect(eventKeyOf(url)).toEqual(
    ok({ key, url: 'https://www.twitch.tv/conf_talks', bareKey: key }),
  );
});

test.each([
  'https://www.twitch.tv/videos/2012345678',
  'https://m.twitch.tv/videos/2012345678?t=1h2m',
  'https://www.twitch.tv/conf_talks/video/2012345678',
  'https://www.twitch.tv/conf_talks/v/2012345678',
  'https://player.twitch.tv/?video=v2012345678&parent=conf.example',
  'https://player.twitch.tv/?video=2012345678&channel=conf_talks',
])('EK16: one recording, one key: %s', (url) => {
  const key = 'twitch:video:2012345678';
  expect(eventKeyOf(url)).toEqual(
    ok({ key, url: 'https://www.twitch.tv/videos/2012345678', bareKey: key }),
  );
});

test.each([
  'https://www.twitch.tv/',
  'https://www.twitch.tv/directory',
  'https://www.twitch.tv/directory/category/science-and-technology',
  'https://www.twitch.tv/search?term=conf',
  'https://www.twitch.tv/settings/profile',
  'https://www.twitch.tv/p/en/about',
  'https://www.twitch.tv/videos',
  'https://www.twitch.tv/videos/abc',
  'https://www.twitch.tv/videos/012',
  'https://www.twitch.tv/conf_talks/videos',
  'https://www.twitch.tv/conf_talks/clip/FunnyName',
  'https://www.twitch.tv/conf-talks',
  'https://www.twitch.tv/c',
  'https://www.twitch.tv/averyveryverylongnameindeed',
  'https://www.twitch.tv/%D1%81onf_talks',
  'https://player.twitch.tv/?collection=abc',
  'https://player.twitch.tv/?channel=',
  'https://clips.twitch.tv/FunnyName',
  'https://dashboard.twitch.tv/u/conf_talks/stream-manager',
])('EK17: no single broadcast: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('notAnEvent'));
});
