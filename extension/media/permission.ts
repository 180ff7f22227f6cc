import type { DeviceKind } from './mediaProblem.ts';
import type { MediaWorld } from './mediaWorld.ts';

/** `unknown`: the browser does not tell. */
export type Permission = PermissionState | 'unknown';

export async function readPermission(world: MediaWorld, kind: DeviceKind): Promise<Permission> {
  return (await world.permission(kind))?.state ?? 'unknown';
}

/** Reports every change of mind in the browser's settings, until the signal. */
export async function watchPermission(
  world: MediaWorld,
  kind: DeviceKind,
  signal: AbortSignal,
  changed: (permission: Permission) => void,
): Promise<void> {
  const status = await world.permission(kind);
  status?.addEventListener('change', () => changed(status.state), { signal });
}
