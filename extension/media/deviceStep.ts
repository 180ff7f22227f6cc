import { findDevice, wishesFor, wishFor, type DeviceWish } from './deviceChoice.ts';
import type { Device, DeviceNotice } from './localMediaState.ts';

export interface DeviceMoment {
  /** What the person has just picked. */
  readonly choice: Device | null;
  /** What is open and live. */
  readonly held: Device | null;
  /** What the person wants, now or since an earlier visit. */
  readonly wanted: Device | null;
  /** Empty before the first permission. */
  readonly listed: readonly Device[];
}

export type DeviceStep =
  | { readonly do: 'nothing' }
  /** The open device goes on until the other one is there. */
  | { readonly do: 'switch'; readonly to: Device; readonly wish: DeviceWish }
  | { readonly do: 'open'; readonly wishes: readonly DeviceWish[] };

/** What to do about one camera or microphone at this moment. */
export function deviceStep({ choice, held, wanted, listed }: DeviceMoment): DeviceStep {
  // A choice that is not listed any more is tried all the same, so that its failure is told.
  const isKnown = !choice || findDevice(choice, listed);
  const to = held && isKnown ? betterThan(held, choice ?? wanted, listed) : choice;
  if (to) return { do: 'switch', to, wish: wishFor(to, listed) };
  return held ? { do: 'nothing' } : { do: 'open', wishes: wishesFor(wanted, listed) };
}

/** Some systems neither end the track of an unplugged device nor name it any more. */
export function isGone(held: Device, listed: readonly Device[]): boolean {
  return listed.length > 0 && !findDevice(held, listed);
}

/**
 * The wanted device is back; or `default` now means another one, which no track follows: that is how
 * a headset that has just come by Bluetooth takes over.
 */
function betterThan(
  held: Device,
  wanted: Device | null,
  listed: readonly Device[],
): Device | undefined {
  const found = wanted ? findDevice(wanted, listed) : undefined;
  if (!found) return undefined;
  const isHeld = found.id === findDevice(held, listed)?.id;
  return isHeld && (found.id !== 'default' || found.group === held.group) ? undefined : found;
}

/** What to tell about an open device that is not the wanted one. */
export function standIn(
  wanted: Device,
  device: Device,
  listed: readonly Device[],
): DeviceNotice | null {
  if (listed.length === 0 || findDevice(wanted, [device])) return null;
  const because = findDevice(wanted, listed) ? 'notStarting' : 'gone';
  return { kind: 'standsIn', wanted: wanted.label, because };
}
