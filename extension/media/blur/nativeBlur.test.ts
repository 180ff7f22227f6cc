import { expect, it } from 'vitest';
import { offersNativeBlur, switchNativeBlur } from './nativeBlur.ts';

/** A camera whose driver can do what is listed; `obeys` or says yes and does nothing. */
function camera(offered: boolean[] | undefined, obeys = true) {
  const applied: object[] = [];
  let blurred = false;
  return {
    applied,
    getCapabilities: () => (offered ? { backgroundBlur: offered } : {}),
    getSettings: () => ({ backgroundBlur: blurred }),
    getConstraints: () => ({ width: { ideal: 640 } }),
    applyConstraints: async (constraints: { backgroundBlur?: boolean }) => {
      applied.push(constraints);
      if (obeys) blurred = constraints.backgroundBlur === true;
    },
  };
}

it('BL9: a camera that blurs by itself is asked to, and keeps its other constraints', async () => {
  const able = camera([true, false]);
  expect(offersNativeBlur(able)).toBe(true);
  expect(await switchNativeBlur(able, true)).toBe(true);
  expect(able.applied).toEqual([{ width: { ideal: 640 }, backgroundBlur: true }]);
  expect(await switchNativeBlur(able, false)).toBe(false);
});

it('BL9: a camera is believed by its settings, not by its promise', async () => {
  expect(await switchNativeBlur(camera([true, false], false), true)).toBe(false);
});

it('BL9: a camera without blur is left alone', async () => {
  const plain = camera(undefined);
  expect(offersNativeBlur(plain)).toBe(false);
  expect(offersNativeBlur(camera([false]))).toBe(false);
  expect(await switchNativeBlur(plain, true)).toBe(false);
  expect(plain.applied).toEqual([]);
});
