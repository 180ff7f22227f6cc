import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinLobby } from './organizer/joinLobby.ts';
import {
  axeViolations,
  changeLook,
  focusedField,
  openSite,
  type Site,
} from './organizer/openSite.ts';
import { registerEvent } from './organizer/registerEvent.ts';
import { startFoyer, type FoyerServer } from './server/startFoyer.ts';

const PATIENCE = { timeout: 15_000 };

let server: FoyerServer;
let site: Site;
let talks = 0;

beforeAll(async () => {
  server = await startFoyer();
  site = await openSite(server.url);
});
afterAll(async () => {
  await site?.close();
  await server?.close();
});

/** A page that no other test registers. */
const freshPage = (): string => `https://conf.example/talk-${(talks += 1)}`;
const registered = (visibility: 'listed' | 'unlisted' = 'listed') => {
  const addresses = [{ url: freshPage(), parameters: [] }];
  return registerEvent(server.url, { title: 'Closing keynote', visibility, addresses });
};
const pathOf = (url: string): string => url.slice(server.url.length);
async function eventually(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(read, PATIENCE).toEqual(expected);
}

describe('/organize', () => {
  test('OR23: hiding addresses is refused in a sentence where the server has no relay', async () => {
    const prefill = new URLSearchParams({ url: freshPage(), title: 'Private talk' });
    const { page } = await site.open(`/organize#${prefill}`);
    const hide = page.getByRole('switch', { name: 'Hide everybody' });
    await hide.click();
    expect(await hide.getAttribute('aria-checked')).toBe('true');
    await page.getByRole('button', { name: 'Register the event' }).click();
    await page.getByText('This server has no relay').waitFor();
    await hide.click();
    await page.getByRole('button', { name: 'Register the event' }).click();
    await page.getByRole('heading', { name: '“Private talk” is registered' }).waitFor();
  });

  test('OR2, OR5, OR9, OR11, OR12: what was ticked is sent, the rest stays in the browser', async () => {
    const address = `${freshPage()}?session=7&token=s3cret#s3cret`;
    const prefill = new URLSearchParams({ url: address, title: 'Opening talk' });
    const { page, requests } = await site.open(`/organize#${prefill}`);
    expect(await page.getByLabel('Title of the event').inputValue()).toBe('Opening talk');
    await page
      .getByText(`web:${address.slice(8, address.indexOf('?'))}`, { exact: true })
      .waitFor();
    await page.getByLabel('“session” chooses the talk').check();
    await page.getByRole('button', { name: 'Register the event' }).click();
    await page.getByRole('heading', { name: '“Opening talk” is registered' }).waitFor();
    const sent = requests.filter(({ body }) => body !== '');
    expect(sent.map(({ body }) => JSON.parse(body).addresses)).toEqual([
      [{ url: address.slice(0, address.indexOf('&')), parameters: ['session'] }],
    ]);
    expect(JSON.stringify(requests)).not.toContain('s3cret');
    const ownerUrl = await page.getByLabel('Your secret link').inputValue();
    expect(ownerUrl).toMatch(/\/organize\/[A-Za-z0-9]+#[\w-]+$/);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as a text file' }).click();
    const file = await (await download).createReadStream();
    expect((await file.toArray()).join('')).toContain(ownerUrl);
    await page.getByText('Foyer knows the event on these pages').waitFor();
  });

  test('OR11: copying says so', async () => {
    const { page } = await site.open('/organize', { permissions: ['clipboard-write'] });
    await page.getByLabel('Title of the event').fill('Panel');
    await page.getByLabel('Address 1').fill(freshPage());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('status').getByText('Copied.').waitFor();
  });

  test('OR3, OR6: problems show at their fields and the focus moves to the first', async () => {
    const { page } = await site.open('/organize');
    await page.getByLabel('Address 1').fill('https://www.youtube.com/@conf/live');
    await page.getByLabel('Closes').fill('2020-01-01T10:00');
    await page.getByText('Open the broadcast itself').waitFor();
    await page.getByRole('button', { name: 'Register the event' }).click();
    await eventually(() => focusedField(page), 'Title of the event');
    await page.getByText('This closing time is over').waitFor();
    await page.getByLabel('Title of the event').fill('Now there is one');
    await eventually(() => page.getByText('Give the event a title').count(), 0);
    await page.getByRole('button', { name: 'Register the event' }).click();
    await eventually(() => focusedField(page), 'Address 1');
  });

  test('OR10: an address that another event holds is marked', async () => {
    const taken = (await registered()).event.addresses[0]!.url;
    const { page } = await site.open('/organize');
    await page.getByLabel('Title of the event').fill('Second');
    await page.getByLabel('Address 1').fill(freshPage());
    await page.getByRole('button', { name: 'Add another address' }).click();
    await page.keyboard.type(taken);
    await page.keyboard.press('Enter');
    await eventually(() => focusedField(page), 'Address 2');
    await page.getByText('Another event is already registered for this address').waitFor();
    expect(await page.getByLabel('Title of the event').inputValue()).toBe('Second');
  });

  test('OR22: an event is registered with the keyboard alone', async () => {
    const { page } = await site.open('/organize');
    const tabTo = async (label: string) => {
      for (let step = 0; step < 20 && (await focusedField(page)) !== label; step += 1) {
        await page.keyboard.press('Tab');
      }
      expect(await focusedField(page)).toBe(label);
    };
    await page.getByLabel('Title of the event').waitFor();
    await tabTo('Title of the event');
    await page.keyboard.type('Lightning talks');
    await tabTo('Address 1');
    await page.keyboard.type(freshPage());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '“Lightning talks” is registered' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });
});

describe('the owner’s page', () => {
  test('OR13, OR16: the owner changes, closes and reopens the event', async () => {
    const { ownerUrl, event } = await registered();
    const { page, requests } = await site.open(pathOf(ownerUrl));
    const title = page.getByLabel('Title of the event');
    await title.fill('Moved keynote');
    await page.getByText('There are changes that are not saved.').waitFor();
    await page.getByRole('button', { name: 'Undo changes' }).click();
    expect(await title.inputValue()).toBe('Closing keynote');
    await title.fill('Moved keynote');
    await page.getByText('3 minutes').click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Moved keynote' }).waitFor();
    const changes = requests.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body));
    expect(changes).toEqual([{ title: 'Moved keynote', callSeconds: 180 }]);
    await page.getByRole('button', { name: 'Close the event' }).click();
    await page.getByRole('button', { name: 'Close it now' }).click();
    await page.getByRole('heading', { name: 'The event is closed' }).waitFor();
    await expect(joinLobby(server.url, event.eventId)).rejects.toThrow();
    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByRole('heading', { name: 'Viewers can come in' }).waitFor();
    (await joinLobby(server.url, event.eventId)).leave();
  });

  test('OR24: the owner pauses, and goes on', async () => {
    const { ownerUrl, event } = await registered();
    const { page, requests } = await site.open(pathOf(ownerUrl));
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('heading', { name: 'You have paused' }).waitFor();
    (await joinLobby(server.url, event.eventId)).leave();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'People are introduced to each other' }).waitFor();
    const changes = requests.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body));
    expect(changes).toEqual([{ paused: true }, { paused: false }]);
  });

  test('OR31: the owner lets people meet again after a question', async () => {
    const { ownerUrl } = await registered();
    const { page, requests } = await site.open(pathOf(ownerUrl));
    const changes = () => requests.filter(({ body }) => body !== '').map(({ body }) => body);
    await page.getByRole('button', { name: 'Let people meet again' }).click();
    await page.getByRole('button', { name: 'Not yet' }).click();
    expect(changes()).toEqual([]);
    await page.getByRole('button', { name: 'Let people meet again' }).click();
    await page.getByRole('button', { name: 'Let them meet again' }).click();
    await page
      .getByRole('heading', { name: 'Nobody meets the same person more than 2 times' })
      .waitFor();
    expect(changes().map((body) => JSON.parse(body))).toEqual([{ cycle: 2 }]);
  });

  test('OR13: polls leave unsaved text alone', async () => {
    const { ownerUrl } = await registered();
    const { page } = await site.open(pathOf(ownerUrl));
    await page.getByLabel('Title of the event').fill('Half typed');
    for (let poll = 0; poll < 2; poll += 1) {
      await page.waitForResponse((response) => response.url().endsWith('/console'));
    }
    expect(await page.getByLabel('Title of the event').inputValue()).toBe('Half typed');
  });

  test('OR15: counts are live, and the smaller ones hidden below five people', async () => {
    const { ownerUrl, event } = await registered();
    const { page } = await site.open(pathOf(ownerUrl));
    const count = (name: string) => page.locator(`[data-count=${name}]`).innerText();
    await eventually(() => count('here'), '0');
    const members = await Promise.all(
      Array.from({ length: 4 }, () => joinLobby(server.url, event.eventId)),
    );
    await eventually(() => count('here'), '4');
    expect(await count('waiting')).toContain('hidden');
    members.push(await joinLobby(server.url, event.eventId));
    await eventually(() => count('waiting'), '0');
    for (const member of members) member.leave();
    await eventually(() => count('here'), '0');
  });

  test('OR15: old numbers stay and are called old while the server is away', async () => {
    const { ownerUrl } = await registered();
    const { page } = await site.open(pathOf(ownerUrl));
    await page.getByText('Last updated at').waitFor();
    await page.context().setOffline(true);
    await page.getByText('The numbers above are old.').waitFor();
    expect(await page.locator('[data-count=here]').innerText()).toBe('0');
    await page.context().setOffline(false);
    await eventually(() => page.getByText('The numbers above are old.').count(), 0);
  });

  test('OR14: the secret is in no address, no storage and no title', async () => {
    const { ownerUrl, ownerSecret } = await registered();
    const { page, requests } = await site.open(pathOf(ownerUrl));
    await page.getByText('Last updated at').waitFor();
    expect(
      requests.filter(({ url }) => new URL(url).href.split('#')[0]?.includes(ownerSecret)),
    ).toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept + (await page.title())).not.toContain(ownerSecret);
    expect(server.logs().join('\n')).not.toContain(ownerSecret);
  });

  test('OR17: a link without its secret, and one with a wrong one, say what to do', async () => {
    const { ownerUrl } = await registered();
    const { page } = await site.open(pathOf(ownerUrl).split('#')[0]!);
    await page.getByRole('heading', { name: 'This link is not complete' }).waitFor();
    const wrong = await site.open(`${pathOf(ownerUrl).split('#')[0]}#${'x'.repeat(32)}`);
    await wrong.page.getByRole('heading', { name: 'This link does not open an event' }).waitFor();
    const short = await site.open(`${pathOf(ownerUrl).split('#')[0]}#x`);
    await short.page.getByRole('heading', { name: 'This link does not open an event' }).waitFor();
  });
});

describe('the invite page', () => {
  test('OR18, OR19: it names the group, leads to the stream and says how to come in', async () => {
    const { inviteUrl, inviteToken, event } = await registered('unlisted');
    const { page, requests } = await site.open(pathOf(inviteUrl!));
    await page.getByRole('heading', { level: 1, name: 'Closing keynote' }).waitFor();
    const stream = page.getByRole('link', { name: 'Open the stream' });
    expect(await stream.getAttribute('href')).toBe(event.addresses[0]!.url);
    await page.getByRole('heading', { name: 'Open this link again' }).waitFor();
    expect(await page.locator('html').getAttribute('data-foyer-page')).toBe('invite');
    expect(requests.filter(({ url }) => url.split('#')[0]?.includes(inviteToken!))).toEqual([]);
  });

  test('OR20: a wrong invite says so', async () => {
    const { inviteUrl } = await registered('unlisted');
    const { page } = await site.open(`${pathOf(inviteUrl!).split('#')[0]}#${'x'.repeat(32)}`);
    await page.getByRole('heading', { name: 'This invitation does not work' }).waitFor();
  });
});

describe('every page', () => {
  const PAGES = {
    welcome: async () => '/',
    form: async () => '/organize',
    'form with a long address': async () => {
      const long = `${freshPage()}/${'x'.repeat(300)}?session=${'y'.repeat(300)}`;
      return `/organize#${new URLSearchParams({ url: long })}`;
    },
    console: async () => pathOf((await registered()).ownerUrl),
    invite: async () => pathOf((await registered('unlisted')).inviteUrl!),
  };
  /** Each width and each colour scheme once: what is wrong with one is not the other's doing. */
  const LOOKS = [
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 390 },
    { colorScheme: 'light', width: 320 },
  ] as const;

  test.each(Object.entries(PAGES))(
    'OR21, OR22: axe finds nothing on the %s at any width, and nothing is too wide',
    async (_, pathOfPage) => {
      const { page, complaints, requests } = await site.open(await pathOfPage());
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const { colorScheme, width } of LOOKS) {
        await changeLook(page, { colorScheme, viewport: { width, height: 800 } });
        const look = `${colorScheme}, ${width} px`;
        expect.soft(await axeViolations(page), look).toEqual([]);
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect.soft(tooWide, look).toBeLessThanOrEqual(0);
      }
      expect.soft(complaints).toEqual([]);
      const elsewhere = requests.filter(({ url }) => !url.startsWith(server.url));
      expect.soft(elsewhere).toEqual([]);
      await page.context().close();
    },
  );
});
