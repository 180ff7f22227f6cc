import { expect, it } from 'vitest';
import type { Device } from './localMediaState.ts';
import { Speaker, type SpeakerState } from './speaker.ts';

const BUILT_IN: Device = { id: 'default', label: 'Default - Built-in', group: 'a' };
const HEADSET: Device = { id: 'headset', label: 'Jabra', group: 'b' };

function speakerWith(remembered: Device | null) {
  const kept: Device[] = [];
  const states: SpeakerState[] = [];
  const memory = {
    recall: async () => remembered,
    keep: async (_kind: string, device: Device) => void kept.push(device),
  };
  return { kept, states, speaker: new Speaker(memory, (state) => states.push(state)) };
}

it('DV15: the remembered speaker is used under the id of this load', async () => {
  const { speaker } = speakerWith({ ...HEADSET, id: 'id of another load' });
  speaker.devicesChanged([BUILT_IN, HEADSET]);
  await speaker.recall();
  expect(speaker.state).toEqual({ sinkId: 'headset', notice: null });
});

it('DV15: while the chosen one is gone the system’s own plays, and says so', async () => {
  const { speaker, kept, states } = speakerWith(null);
  speaker.devicesChanged([BUILT_IN, HEADSET]);
  await speaker.choose('headset');
  speaker.devicesChanged([BUILT_IN]);
  speaker.devicesChanged([BUILT_IN]);
  speaker.devicesChanged([BUILT_IN, { ...HEADSET, id: 'headset again' }]);
  expect(states).toEqual([
    { sinkId: 'headset', notice: null },
    { sinkId: '', notice: { kind: 'standsIn', wanted: 'Jabra', because: 'gone' } },
    { sinkId: 'headset again', notice: null },
  ]);
  expect(kept).toEqual([HEADSET]);
});

it('DV15: nobody is told of a missing speaker before the browser shows names', async () => {
  const { speaker, states } = speakerWith(HEADSET);
  await speaker.recall();
  expect(states).toEqual([]);
});
