import { expect, it } from 'vitest';
import { deviceNames } from './deviceNames.ts';

it('DV2: twins are numbered, and what has no name gets one', () => {
  const labels = ['BRIO', 'Integrated camera', 'BRIO', ''];
  const devices = labels.map((label, index) => ({ id: String(index), label, group: '' }));
  expect(deviceNames(devices, 'Camera').map(({ label }) => label)).toEqual([
    'BRIO (1)',
    'Integrated camera',
    'BRIO (2)',
    'Camera',
  ]);
});
