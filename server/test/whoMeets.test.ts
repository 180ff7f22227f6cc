import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import {
  ConsoleAnswerSchema,
  InviteAnswerSchema,
  LookupAnswerSchema,
} from '../../shared/protocol/http.ts';
import { ANYBODY, type WhoMeets } from '../../shared/protocol/whoMeets.ts';
import { LobbyClient } from './lobbyClient.ts';
import { errorOf, shaped, startServer, type TestServer } from './startServer.ts';

const OTHERS_WITH_A_LANGUAGE: WhoMeets = { groups: 'notWithin', languages: 'shared' };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

const change = (eventId: string, bearer: string, body: unknown) =>
  server.request('PATCH', `/api/events/${eventId}`, { bearer, body });

const enterReady = async (eventId: string, name: string, group: string) => {
  const client = await LobbyClient.enter(server, eventId, { name });
  const traits = { group, languages: [], interests: [] };
  const wishes = {
    ...{ capabilities: BASIC_CAPABILITIES, traits },
    addressPrivacy: 'whenPossible' as const,
  };
  client.say({ type: 'ready', wishes });
  await client.settle();
  return client;
};

it('OW40: who meets whom is given on registering, told to the owner and to whoever looks', async () => {
  const plain = await server.register();
  expect(plain.event.whoMeets).toEqual(ANYBODY);
  const { event } = await server.register({ whoMeets: OTHERS_WITH_A_LANGUAGE });
  expect(event.whoMeets).toEqual(OTHERS_WITH_A_LANGUAGE);
  const hash = await keyHash(event.addresses[0]!.key);
  const lookup = await server.request('GET', `/api/lookup/${hash.slice(0, 5)}`);
  const { events } = shaped(LookupAnswerSchema, lookup, 200);
  expect(events.find(({ keyHash: other }) => other === hash)?.whoMeets).toEqual(
    OTHERS_WITH_A_LANGUAGE,
  );
  const group = await server.register({
    visibility: 'unlisted',
    whoMeets: OTHERS_WITH_A_LANGUAGE,
  });
  const path = `/api/events/${group.event.eventId}/invite`;
  const invite = await server.request('GET', path, { bearer: group.inviteToken! });
  expect(shaped(InviteAnswerSchema, invite, 200).whoMeets).toEqual(OTHERS_WITH_A_LANGUAGE);
});

it('OW41: it is changed later, and stays as it is where a change does not name it', async () => {
  const { event, ownerSecret } = await server.register();
  const body = { whoMeets: OTHERS_WITH_A_LANGUAGE };
  const changed = await change(event.eventId, ownerSecret, body);
  expect(shaped(ConsoleAnswerSchema, changed, 200).event.whoMeets).toEqual(OTHERS_WITH_A_LANGUAGE);
  const renamed = await change(event.eventId, ownerSecret, { title: 'Renamed' });
  expect(shaped(ConsoleAnswerSchema, renamed, 200).event.whoMeets).toEqual(OTHERS_WITH_A_LANGUAGE);
});

it.each<[string, unknown]>([
  ['whoMeets.groups', { groups: 'friends', languages: 'any' }],
  ['whoMeets.languages', { groups: 'anybody', languages: 'en' }],
  ['whoMeets.languages', { groups: 'anybody' }],
  ['whoMeets', { ...ANYBODY, ages: 'any' }],
  ['whoMeets', 'anybody'],
  ['whoMeets', null],
])('OW42: a wrong %s is a bad request that names the field', async (field, whoMeets) => {
  const body = { title: 'A talk', addresses: [{ url: 'https://conf.example/wrong' }], whoMeets };
  const { event, ownerSecret } = await server.register();
  const answers = [
    await server.request('POST', '/api/events', { body }),
    await change(event.eventId, ownerSecret, { whoMeets }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      reason: 'badRequest',
      message: expect.stringContaining(field),
    });
  }
});

it('OW43: a running lobby follows the change at once', async () => {
  const { event, ownerSecret } = await server.register({
    whoMeets: { groups: 'onlyWithin', languages: 'any' },
    callSeconds: 900,
  });
  const ann = await enterReady(event.eventId, 'Ann', 'Acme');
  const ben = await enterReady(event.eventId, 'Ben', 'Beta');
  expect([...ann.heard(), ...ben.heard()]).not.toContain('matched');
  await change(event.eventId, ownerSecret, { whoMeets: ANYBODY });
  expect((await ann.matched()).partnerName).toBe('Ben');
});
