import type { Device } from './localMediaState.ts';

/** The `deviceId` constraint of one try; null names no device. */
export type DeviceWish = { readonly exact: string } | { readonly ideal: string } | null;

/**
 * The listed device that somebody means: by id, else by name and box, else by name alone, because
 * ids and groups change with every load of a frame.
 */
export function findDevice(wanted: Device, listed: readonly Device[]): Device | undefined {
  return (
    listed.find(({ id }) => id === wanted.id) ??
    listed.find((one) => hasName(one, wanted) && one.group === wanted.group) ??
    listed.find((one) => hasName(one, wanted))
  );
}

/** The one wish that gives this device and no other. */
export function wishFor(wanted: Device, listed: readonly Device[]): DeviceWish {
  return { exact: (findDevice(wanted, listed) ?? wanted).id };
}

/**
 * What to try one after the other until a device opens: the wanted one, then whatever the browser
 * takes for nearest, then each other one by itself, because the nearest may be held by another
 * program, and at last anything at all.
 */
export function wishesFor(wanted: Device | null, listed: readonly Device[]): DeviceWish[] {
  const found = wanted ? findDevice(wanted, listed) : undefined;
  const others = listed.filter(({ id }) => id !== found?.id).map(({ id }) => ({ exact: id }));
  if (found) return [{ exact: found.id }, ...others, null];
  return wanted ? [{ ideal: wanted.id }, ...others, null] : [null, ...others];
}

function hasName(one: Device, wanted: Device): boolean {
  return one.label !== '' && one.label === wanted.label;
}
