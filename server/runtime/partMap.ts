import type { EventId } from '../../shared/ids.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';

/** Something for each lobby, found by its event as well. */
export class PartMap<T> {
  readonly #byEvent = new Map<EventId, Map<number, T>>();

  get({ eventId, part }: LobbyPart): T | undefined {
    return this.#byEvent.get(eventId)?.get(part);
  }

  set({ eventId, part }: LobbyPart, value: T): void {
    const parts = this.#byEvent.get(eventId) ?? new Map<number, T>();
    this.#byEvent.set(eventId, parts);
    parts.set(part, value);
  }

  delete({ eventId, part }: LobbyPart): void {
    const parts = this.#byEvent.get(eventId);
    parts?.delete(part);
    if (parts?.size === 0) this.#byEvent.delete(eventId);
  }

  /** What there is for the event's parts, by their numbers. */
  of(eventId: EventId): ReadonlyMap<number, T> {
    return this.#byEvent.get(eventId) ?? new Map<number, T>();
  }

  all(): readonly T[] {
    return [...this.#byEvent.values()].flatMap((parts) => [...parts.values()]);
  }

  clear(): void {
    this.#byEvent.clear();
  }
}
