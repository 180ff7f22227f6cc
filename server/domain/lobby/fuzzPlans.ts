import type { Millis } from '../../../shared/ids.ts';
import type { FuzzClient } from './fuzzClient.ts';
import type { LobbyRules } from './lobbyRules.ts';

/** What a client does by itself: media that arrives, the next *ready* after the pause, an answer. */
export interface FuzzPlan {
  readonly at: Millis;
  readonly client: FuzzClient;
  readonly act: 'flow' | 'ready' | 'answer';
}

const USUALLY = 0.85;
const CONNECTING_MS = 20;
const JITTER_MS = 12;

/** Keeps one plan for each client: the last one made. */
export class FuzzPlans {
  readonly #rules: LobbyRules;
  readonly #chance: () => number;
  readonly #plans = new Map<FuzzClient, FuzzPlan>();

  constructor(rules: LobbyRules, chance: () => number) {
    this.#rules = rules;
    this.#chance = chance;
  }

  make(client: FuzzClient, act: FuzzPlan['act'], now: Millis): void {
    this.#plans.delete(client);
    if (this.#chance() > USUALLY) return;
    const after = act === 'ready' ? this.#rules.afterCallMs : CONNECTING_MS;
    const at = now + after + Math.floor(this.#chance() * JITTER_MS);
    this.#plans.set(client, { at, client, act });
  }

  drop(client: FuzzClient): void {
    this.#plans.delete(client);
  }

  next(): FuzzPlan | null {
    let next: FuzzPlan | null = null;
    for (const plan of this.#plans.values()) if (next === null || plan.at < next.at) next = plan;
    return next;
  }
}
