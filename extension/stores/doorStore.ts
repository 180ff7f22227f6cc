import { useTimeoutFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RegisterRequest } from '../../shared/protocol/http.ts';
import type { PageInfo } from '../page/pageInfo.ts';
import { doorOf, type Door } from './door.ts';
import type { PanelServices } from './panelServices.ts';
import { useAttempt } from './useAttempt.ts';
import { useServices } from './useServices.ts';

/** Pause between two tries to reach a server that does not answer. */
export const RETRY_MS = 5_000;

/** Which lobbies belong to the page, and which one the person goes to. */
export const useDoorStore = defineStore('door', () => {
  const services = useServices();
  const { page, events } = services;
  const door = shallowRef<Door>({ at: 'lookingUp' });
  const info = shallowRef<PageInfo | null>(null);
  const serverAddress = shallowRef('');
  const { busy, failure, attempt } = useAttempt();
  /** Raised with every look: an answer about an earlier page says nothing of this one. */
  let looks = 0;

  const retry = useTimeoutFn(() => void look(), RETRY_MS, { immediate: false });

  page.watch((next) => {
    const moved = next.url !== info.value?.url;
    info.value = next;
    if (moved) void look();
  });

  async function look(): Promise<void> {
    const mine = ++looks;
    retry.stop();
    failure.value = null;
    if (door.value.at === 'noServer') door.value = { at: 'noServer', retryAt: null };
    else door.value = { at: 'lookingUp' };
    serverAddress.value = await events.serverAddress();
    info.value = await page.read();
    const found = await behindTheDoor(info.value, services);
    if (mine !== looks) return;
    door.value = found;
    if (found.at === 'noServer') retry.start();
  }

  function choose(eventId: string): void {
    if (door.value.at !== 'choice') return;
    const { entry, groups } = door.value;
    if (entry?.eventId === eventId) door.value = { at: 'lobby', lobby: entry, entry };
    const group = groups.find((one) => one.eventId === eventId);
    if (group) door.value = { at: 'lobby', lobby: group, entry: null };
  }

  async function startGroup(title: string): Promise<void> {
    if (door.value.at !== 'noEvent' || door.value.place === null) return;
    const created = await attempt(events.createGroup(title, door.value.place));
    if (created) door.value = { at: 'groupCreated', group: created };
  }

  async function register(request: RegisterRequest): Promise<void> {
    const answer = await attempt(events.register(request));
    if (answer) door.value = { at: 'registered', answer };
  }

  function openRegisterForm(): void {
    if (door.value.at === 'noEvent' && door.value.place)
      door.value = { at: 'registering', place: door.value.place };
  }

  function enterGroup(): void {
    if (door.value.at === 'groupCreated')
      door.value = { at: 'lobby', lobby: door.value.group, entry: null };
  }

  return {
    door,
    info,
    serverAddress,
    busy,
    failure,
    pageName: computed(() => (info.value ? new URL(info.value.url).hostname : '')),
    look,
    choose,
    startGroup,
    openRegisterForm,
    register,
    enterGroup,
  };
});

async function behindTheDoor(
  here: PageInfo | null,
  { page, events, session }: PanelServices,
): Promise<Door> {
  if (here === null) return { at: 'noEvent', reason: 'unsupported', place: null };
  const pending = await page.takePendingGroup();
  if (pending) return { at: 'lobby', lobby: pending, entry: null };
  const found = await events.find(here.url);
  if (!found.ok) return { at: 'noServer', retryAt: session.now() + RETRY_MS };
  const place = found.value.found === 'noPlace' ? null : found.value.place;
  return doorOf(found.value, place ? await events.groupsAt(place) : []);
}
