import fc from 'fast-check';
import { expect, it } from 'vitest';
import { browserError, FakeMediaWorld, FakeTrack } from './fakeMediaDevices.ts';
import { LocalMedia } from './localMedia.ts';
import type { DeviceKind } from './mediaProblem.ts';

const CAMERAS = ['Front', 'BRIO', 'Elgato'];
const MICROPHONES = ['Built-in', 'Jabra'];
const kindOf = (label: string): DeviceKind => (CAMERAS.includes(label) ? 'camera' : 'microphone');

type Answer = FakeMediaWorld['devices']['answer'];

const label = fc.constantFrom(...CAMERAS, ...MICROPHONES);
const kind = fc.constantFrom<DeviceKind>('camera', 'microphone');
const permission = fc.constantFrom<PermissionState>('granted', 'prompt');
const step = fc.oneof(
  fc.record({ do: fc.constant('choose' as const), label }),
  fc.record({ do: fc.constant('unplug' as const), label, silent: fc.boolean() }),
  fc.record({ do: fc.constant('plug' as const), label }),
  fc.record({ do: fc.constant('break' as const), label }),
  fc.record({ do: fc.constant('toggle' as const), kind }),
  fc.record({
    do: fc.constant('permit' as const),
    kind,
    state: fc.constantFrom<PermissionState>('granted', 'denied', 'prompt'),
  }),
  fc.record({
    do: fc.constant('answer' as const),
    answer: fc.constantFrom<Answer>('granted', 'denied', 'dismissed'),
  }),
  fc.constant({ do: 'open' as const }),
  fc.constant({ do: 'close' as const }),
  fc.constant({ do: 'hold' as const }),
  fc.constant({ do: 'release' as const }),
  fc.constant({ do: 'effect' as const }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

class Visit {
  readonly world = new FakeMediaWorld();
  readonly media: LocalMedia;
  /** Tracks as a partner's side would have got them. */
  readonly sent = new Map<string, MediaStreamTrack>();
  isOpen = false;
  #effectOn = false;
  #plugged = new Set<string>();
  #release: () => void = () => undefined;

  constructor(permission: PermissionState) {
    for (const of of ['camera', 'microphone'] as const)
      this.world.devices.permission[of].state = permission;
    for (const one of [...CAMERAS, ...MICROPHONES]) this.#plug(one);
    const kept = new Map();
    this.media = new LocalMedia({
      world: this.world,
      memory: {
        recall: async (of) => kept.get(of) ?? null,
        keep: async (of, device) => void kept.set(of, device),
      },
      allowedByPage: () => true,
      changed: () => undefined,
      trackChanged: (track) => this.#trackChanged(track),
      volumeChanged: () => undefined,
    });
  }

  run(one: Step): void {
    const { devices } = this.world;
    switch (one.do) {
      case 'choose': {
        const listed = this.media.state.devices[kindOf(one.label)];
        const id = listed.find((device) => device.label === one.label)?.id;
        if (id !== undefined && this.isOpen) void this.media.choose(kindOf(one.label), id);
        break;
      }
      case 'unplug':
        if (this.#plugged.delete(one.label)) devices.unplug(one.label, one.silent);
        break;
      case 'plug':
        this.#plug(one.label);
        break;
      case 'break':
        if (!devices.broken.delete(one.label))
          devices.broken.set(one.label, browserError('NotReadableError', 'Device in use'));
        break;
      case 'toggle':
        this.media.toggle(one.kind);
        break;
      case 'permit':
        devices.permission[one.kind].become(one.state);
        break;
      case 'answer':
        devices.answer = one.answer;
        break;
      case 'open':
        this.isOpen = true;
        void this.media.open();
        break;
      case 'close':
        this.isOpen = false;
        this.media.close();
        break;
      case 'hold':
        this.#release();
        this.#release = devices.hold();
        break;
      case 'release':
        this.#release();
        break;
      case 'effect':
        this.#effectOn = !this.#effectOn;
        this.media.useEffect(this.#effectOn ? { process: blurred } : null);
    }
  }

  async end(): Promise<void> {
    this.#release();
    for (let turn = 0; turn < 5; turn += 1) await aTurn();
  }

  /** Every open track is either what leaves, or what the effect makes of it. */
  check(): void {
    const live = this.world.devices.opened.filter(({ readyState }) => readyState === 'live');
    const leaving = this.media.stream.getTracks().map((track) => track.label);
    const expected = leaving.map((one) => one.replace('blurred ', '')).filter(isOfDevice);
    expect(live.map((track) => track.label).sort()).toEqual(expected.sort());
    expect(leaving).toHaveLength(this.isOpen ? 2 : 0);
    if (!this.isOpen) return;
    for (const track of this.media.stream.getTracks()) {
      expect(this.sent.get(track.kind)).toBe(track);
      expect(track.readyState).toBe('live');
    }
    for (const of of ['camera', 'microphone'] as const) this.#checkState(of);
  }

  #checkState(of: DeviceKind): void {
    const state = this.media.state[of];
    const [track] =
      of === 'camera' ? this.media.stream.getVideoTracks() : this.media.stream.getAudioTracks();
    expect(['open', 'failed']).toContain(state.at);
    expect(isOfDevice(track?.label.replace('blurred ', '') ?? '')).toBe(state.at === 'open');
    if (state.at === 'open') expect([track?.enabled, state.next]).toEqual([state.on, null]);
  }

  #trackChanged(track: MediaStreamTrack): void {
    this.sent.set(track.kind, track);
    if (track.kind === 'video' && this.#effectOn) expect(CAMERAS).not.toContain(track.label);
  }

  #plug(one: string): void {
    if (this.#plugged.has(one)) return;
    this.#plugged.add(one);
    this.world.devices.plug(kindOf(one), one);
  }
}

const isOfDevice = (one: string) => CAMERAS.includes(one) || MICROPHONES.includes(one);

function blurred(camera: MediaStreamTrack, signal: AbortSignal): MediaStreamTrack {
  const track = new FakeTrack('camera', `blurred ${camera.label}`);
  signal.addEventListener('abort', () => track.stop());
  return track.asTrack;
}

it('DV9, DV10, DV14: whatever happens in whatever order, no track leaks and no raw picture leaves', async () => {
  await fc.assert(
    fc.asyncProperty(
      permission,
      fc.array(fc.tuple(step, fc.boolean()), { maxLength: 40 }),
      async (before, steps) => {
        const visit = new Visit(before);
        for (const [one, pauses] of steps) {
          visit.run(one);
          if (pauses) await aTurn();
        }
        await visit.end();
        visit.check();
        visit.media.close();
        await aTurn();
        expect(visit.world.devices.live()).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
