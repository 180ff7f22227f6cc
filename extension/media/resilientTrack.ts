import { ok } from '../../shared/result.ts';
import { findDevice, wishesFor, type DeviceWish } from './deviceChoice.ts';
import { deviceOf } from './deviceOf.ts';
import { listDevices } from './devices.ts';
import { deviceStep, isGone, standIn } from './deviceStep.ts';
import { LatestWins } from './latestWins.ts';
import type { Device, DeviceNotice, DeviceState } from './localMediaState.ts';
import { cureOf } from './mediaCure.ts';
import type { MediaProblem } from './mediaProblem.ts';
import { openTrack, type OpenFailure } from './openTrack.ts';
import { readPermission, type Permission } from './permission.ts';
import type { FirstAnswer, ResilientTrackSetup } from './resilientTrackSetup.ts';

interface Held {
  readonly track: MediaStreamTrack;
  readonly device: Device;
  readonly ending: AbortController;
}

/** A device that is lost more often, with nothing plugged in or out meanwhile, is broken. */
const LOSSES_IN_A_ROW = 3;

/**
 * One camera or one microphone that is kept alive: another one stands in while the wanted one is
 * gone. Of all that is asked for one thing is done at a time and the latest wins: no track is ever
 * open that is neither in use nor about to be stopped.
 */
export class ResilientTrack {
  readonly #setup: ResilientTrackSetup;
  /** Choices to carry out; null looks whether all is well. */
  readonly #queue = new LatestWins<Device | null>((choice, signal) => this.#settle(choice, signal));
  #state: DeviceState = { at: 'closed' };
  #held: Held | null = null;
  #wanted: Device | null = null;
  /** Went away during this visit, and nothing could stand in. */
  #missed: Device | null = null;
  /** Outlives changes, losses and returns of the device. */
  #on = true;
  #losses = 0;
  #firstAnswer: FirstAnswer | null = null;

  constructor(setup: ResilientTrackSetup) {
    this.#setup = setup;
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** Opens what is not open. Resolves when everything that was asked for is done. */
  open(firstAnswer: FirstAnswer | null = null): Promise<void> {
    if (this.#state.at === 'open' || this.#state.at === 'opening') return this.#queue.idle();
    this.#losses = 0;
    this.#firstAnswer = firstAnswer;
    return this.#start();
  }

  /** Changes to another device, and remembers it once it is open. */
  choose(device: Device): Promise<void> {
    this.#losses = 0;
    if (this.#state.at === 'open') this.#change({ ...this.#state, next: device, notice: null });
    return this.#queue.ask(device, true);
  }

  /** Mutes or unmutes; the device stays open, so that unmuting is instant. */
  toggle(): void {
    if (this.#state.at !== 'open') return;
    this.#on = !this.#on;
    this.#change({ ...this.#state, on: this.#on });
  }

  close(): void {
    this.#queue.stop();
    void this.#firstAnswer?.then((answer) => answer.ok && answer.value?.stop());
    this.#firstAnswer = null;
    this.#wanted = null;
    this.#missed = null;
    this.#held?.ending.abort();
    this.#held = null;
    this.#change({ at: 'closed' });
  }

  /** Something was plugged in or out. */
  devicesChanged(): Promise<void> {
    this.#losses = 0;
    const state = this.#state;
    const concerned =
      state.at === 'open' || (state.at === 'failed' && cureOf(state.problem) === 'devices');
    return concerned ? this.#queue.ask(null, false) : this.#queue.idle();
  }

  /** The person changed their mind in the browser's settings. */
  permissionChanged(permission: Permission): Promise<void> {
    const state = this.#state;
    if (permission === 'denied' && state.at === 'open') this.#doWithout('denied');
    const cured = state.at === 'failed' && cureOf(state.problem) === 'permission';
    return permission === 'granted' && cured ? this.#start() : this.#queue.idle();
  }

  #start(): Promise<void> {
    this.#change({ at: 'opening', asking: false });
    return this.#queue.ask(null, false);
  }

  async #settle(choice: Device | null, signal: AbortSignal): Promise<void> {
    const { kind, world, memory } = this.#setup;
    if (!this.#setup.allowedByPage()) return this.#doWithout('blockedByPage');
    const remembered = await memory.recall(kind);
    await this.#tellWhetherAsking();
    const first = (await this.#firstAnswer) ?? ok(null);
    const listed = (await listDevices(world))[kind];
    if (signal.aborted) return;
    this.#firstAnswer = null;
    if (!first.ok) return this.#doWithout(first.error);
    this.#wanted ??= remembered;
    if (this.#held && isGone(this.#held.device, listed)) this.#letGo();
    const held = this.#held?.device ?? null;
    const step = deviceStep({ choice, held, wanted: this.#wanted, listed });
    if (step.do !== 'open') first.value?.stop();
    if (step.do === 'switch') await this.#switch(step.to, step.wish, listed, choice, signal);
    else if (step.do === 'nothing') await this.#keep(choice && held, listed);
    // By itself it asks only where the browser shows names, so that no question comes unasked.
    else if (this.#state.at !== 'failed' || listed.length > 0)
      await this.#openAny(step.wishes, first.value, listed, signal);
  }

  async #tellWhetherAsking(): Promise<void> {
    const { kind, world } = this.#setup;
    if (this.#state.at !== 'opening') return;
    const asking = (await readPermission(world, kind)) === 'prompt';
    if (this.#state.at === 'opening') this.#change({ at: 'opening', asking });
  }

  async #openAny(
    wishes: readonly DeviceWish[],
    offered: MediaStreamTrack | null,
    listed: readonly Device[],
    signal: AbortSignal,
  ): Promise<void> {
    const { kind, world } = this.#setup;
    if (offered && this.#suits(deviceOf(offered), listed)) return this.#use(offered, listed);
    const opened = await openTrack(world, kind, wishes, signal);
    // Only now: while it is live, Firefox does not ask again.
    offered?.stop();
    if (signal.aborted) return;
    if (!opened.ok) return this.#doWithout(opened.error);
    this.#use(opened.value, listed);
    // The wanted one may be among the names that the permission has just brought out.
    if (listed.length === 0) void this.#queue.ask(null, false);
  }

  async #switch(
    to: Device,
    wish: DeviceWish,
    listed: readonly Device[],
    choice: Device | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { kind, world, memory } = this.#setup;
    const before = this.#held?.device ?? this.#wanted;
    let opened = await openTrack(world, kind, [wish], signal);
    if (!opened.ok && opened.error === 'oneAtATime' && !signal.aborted) {
      this.#letGo();
      opened = await openTrack(world, kind, [wish], signal);
    }
    if (signal.aborted) return;
    if (opened.ok) {
      if (choice) this.#wanted = deviceOf(opened.value);
      this.#use(opened.value, listed);
      if (choice) await memory.keep(kind, deviceOf(opened.value));
      return;
    }
    if (!this.#held) await this.#openAny(wishesFor(before, listed), null, listed, signal);
    const problem = opened.error === 'oneAtATime' ? 'busy' : opened.error;
    this.#stay(choice && { kind: 'switchFailed', wanted: to.label, problem });
  }

  #use(track: MediaStreamTrack, listed: readonly Device[]): void {
    const before = this.#held;
    const device = deviceOf(track);
    const ending = new AbortController();
    const { signal } = ending;
    signal.addEventListener('abort', () => track.stop());
    track.addEventListener('ended', () => this.#lost(), { signal });
    this.#held = { track, device, ending };
    this.#wanted ??= device;
    this.#missed = null;
    this.#setup.trackChanged(track, this.#on);
    before?.ending.abort();
    const notice = standIn(this.#wanted, device, listed);
    this.#change({ at: 'open', on: this.#on, device, next: null, notice });
  }

  #suits(offered: Device, listed: readonly Device[]): boolean {
    const found = this.#wanted ? findDevice(this.#wanted, listed) : undefined;
    return !found || found.id === findDevice(offered, listed)?.id;
  }

  async #keep(chosen: Device | null, listed: readonly Device[]): Promise<void> {
    if (chosen) {
      this.#wanted = chosen;
      this.#stay(null);
      await this.#setup.memory.keep(this.#setup.kind, chosen);
    }
    const state = this.#state;
    if (state.at !== 'open' || !this.#wanted || state.notice?.kind === 'switchFailed') return;
    this.#change({ ...state, notice: standIn(this.#wanted, state.device, listed) });
  }

  /** The earlier device goes on; a notice says so where the person asked for another one. */
  #stay(notice: DeviceNotice | null): void {
    if (this.#state.at !== 'open') return;
    this.#change({ ...this.#state, next: null, notice: notice ?? this.#state.notice });
  }

  #lost(): void {
    this.#losses += 1;
    this.#letGo();
    if (this.#losses > LOSSES_IN_A_ROW) this.#doWithout('failed');
    else void this.#queue.ask(null, false);
  }

  #letGo(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = null;
    this.#missed = held.device;
    this.#setup.trackChanged(null, this.#on);
    held.ending.abort();
    this.#change({ at: 'opening', asking: false });
  }

  #doWithout(failure: OpenFailure): void {
    this.#letGo();
    this.#setup.trackChanged(null, this.#on);
    const problem = problemOf(failure, this.#missed);
    this.#change({ at: 'failed', problem, label: this.#missed?.label ?? '' });
  }

  #change(state: DeviceState): void {
    this.#state = state;
    this.#setup.changed(state);
  }
}

function problemOf(failure: OpenFailure, missed: Device | null): MediaProblem {
  if (failure === 'oneAtATime') return 'busy';
  return failure === 'missing' && missed ? 'unplugged' : failure;
}
