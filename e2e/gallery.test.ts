import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGallery, VIEWS, type OpenGallery, type View } from '../scripts/openGallery.ts';

/** CSS px: what a finger or an unsteady hand still hits. */
const SMALLEST_TARGET = 40;

/** A hundred states and more, each in every view, on two busy cores. */
const ALL_STATES_MS = 300_000;

interface OpenView {
  readonly view: View;
  readonly page: Page;
  /** What the console said so far. */
  readonly errors: readonly string[];
}

const stop = new AbortController();
let gallery: OpenGallery;
let views: readonly OpenView[];
let axe: string;

beforeAll(async () => {
  gallery = await openGallery(stop.signal);
  views = await Promise.all(VIEWS.map(openView));
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(() => stop.abort());

async function openView(view: View): Promise<OpenView> {
  const page = await gallery.open(view);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return { view, page, errors };
}

/** Each colour scheme and each size once: what is wrong with one is not the other's doing. */
function isLookedThrough({ colorScheme, viewport }: View): boolean {
  const isUsual = viewport.width === VIEWS[0]!.viewport.width;
  return isUsual === (colorScheme === 'light');
}

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
    ({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html, any }) => html.slice(0, 120) + (any[0]?.message ?? '')).join(' | ')))`);
}

async function box(target: Locator) {
  const found = (await target.boundingBox())!;
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

const wider = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(
    (smallest) =>
      [...document.querySelectorAll('button, select, input')]
        .filter((target) => {
          if (!target.checkVisibility()) return false;
          // Pressing a label presses what it is for.
          const { width, height } = (target.closest('label') ?? target).getBoundingClientRect();
          return Math.min(width, height) < smallest;
        })
        .map((target) => target.outerHTML.slice(0, 120)),
    SMALLEST_TARGET,
  );

/**
 * Names of controls that cannot be brought into view, or lie under something else there. Behind an
 * open dialog nothing is to be pressed.
 */
const coveredButtons = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...(document.querySelector('dialog:modal') ?? document).querySelectorAll('button:enabled')]
      .filter((button) => {
        if (!button.checkVisibility()) return false;
        button.scrollIntoView({ block: 'center' });
        const { left, top, width, height } = button.getBoundingClientRect();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return !hit || !button.contains(hit);
      })
      .map((button) => button.outerHTML.slice(0, 120)),
  );

async function lookThrough({ view, page }: OpenView): Promise<void> {
  const look = `${view.colorScheme}, ${view.viewport.width} px`;
  for (const state of gallery.states) {
    await gallery.show(page, state);
    const at = `${state}, ${look}`;
    expect.soft(await violations(page), `axe: ${at}`).toEqual([]);
    expect.soft(await wider(page), `wider than the panel: ${at}`).toBe(false);
    expect.soft(await smallTargets(page), `small: ${at}`).toEqual([]);
    expect.soft(await coveredButtons(page), `covered: ${at}`).toEqual([]);
  }
}

test(
  'PN1, PN2, PN3: every state is accessible, fits and can be operated',
  async () => {
    expect(gallery.states.length).toBeGreaterThan(0);
    await Promise.all(views.filter(({ view }) => isLookedThrough(view)).map(lookThrough));
  },
  ALL_STATES_MS,
);

describe.each(VIEWS)('$colorScheme, $viewport.width x $viewport.height', (view) => {
  let page: Page;
  let errors: readonly string[];

  beforeAll(() => {
    ({ page, errors } = views[VIEWS.indexOf(view)]!);
  });

  test('PN5: leaving is not next to muting', async () => {
    await gallery.show(page, 'call-live');
    const mute = await box(page.getByRole('button', { name: 'Mute microphone' }));
    const camera = await box(page.getByRole('button', { name: 'Turn camera off' }));
    const leave = await box(page.getByRole('button', { name: 'Leave', exact: true }));
    expect(leave.x - Math.max(mute.right, camera.right)).toBeGreaterThanOrEqual(SMALLEST_TARGET);
  });

  test("PN6: one's own picture stays off the middle of the partner's", async () => {
    await gallery.show(page, 'call-live');
    const partner = await box(page.getByLabel("Ben's camera"));
    const own = await box(page.getByLabel('Your own camera'));
    const besides = own.x > partner.x + partner.width / 2;
    const below = own.y >= partner.y + (partner.height * 2) / 3;
    expect(below && (besides || own.y >= partner.bottom)).toBe(true);
  });

  test('PN14: more time is offered near the end, and what became of it takes the button’s place', async () => {
    const ask = page.getByRole('button', { name: 'Ask for 2 more minutes' });
    await gallery.show(page, 'call-live');
    expect(await ask.count()).toBe(0);
    for (const state of ['call-more-offered', 'call-goodbye-more']) {
      await gallery.show(page, state);
      expect(await ask.isVisible()).toBe(true);
    }
    await gallery.show(page, 'call-more-asked');
    expect(await ask.count()).toBe(0);
    expect(
      await page
        .locator('p:not([role=status])', { hasText: 'You asked for 2 more minutes' })
        .count(),
    ).toBe(1);
  });

  test('PN9: an empty name is answered with what to do', async () => {
    await gallery.show(page, 'name-empty');
    expect(await page.getByRole('alert').textContent()).toContain('Please type a name');
  });

  test('PN4: no state says anything on the console under the CSP of extensions', () => {
    expect(errors).toEqual([]);
  });
});
