import type { Device } from '../../media/localMediaState.ts';

/** Two webcams of one make bear the same name; some browsers give none at all. */
export function deviceNames(
  devices: readonly Device[],
  unnamed: string,
): { value: string; label: string }[] {
  return devices.map(({ id, label }, index) => {
    const name = label === '' ? unnamed : label;
    const twins = devices.filter((one) => one.label === label);
    const nth = devices.slice(0, index + 1).filter((one) => one.label === label).length;
    return { value: id, label: twins.length > 1 ? `${name} (${nth})` : name };
  });
}
