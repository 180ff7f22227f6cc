import { browser } from 'wxt/browser';
import type { Software } from '../stores/panelServices.ts';

interface Brand {
  readonly brand: string;
  readonly version: string;
}

/** What runs here, by name and main version, for reports to support. */
export function softwareInUse(): Software {
  return { version: browser.runtime.getManifest().version, browser: browserName() };
}

function browserName(): string {
  const firefox = /Firefox\/(\d+)/.exec(navigator.userAgent)?.[1];
  if (firefox !== undefined) return `Firefox ${firefox}`;
  const { brands } = (navigator as { userAgentData?: { brands: readonly Brand[] } })
    .userAgentData ?? { brands: [] };
  // Chromium invents a brand so that nobody relies on the list: `Not;A=Brand`.
  const real = brands.filter(({ brand }) => !/not/i.test(brand));
  const named = real.find(({ brand }) => brand !== 'Chromium') ?? real[0];
  return named ? `${named.brand} ${named.version}` : '';
}
