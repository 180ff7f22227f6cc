import { hasRelay } from '../../shared/protocol/iceServer.ts';
import { relaySetup } from './relaySetup.ts';
import { RELAY_SERVICES } from './relays.ts';
import type { Config } from './variables.ts';

/** A service is set up by all of its variables or by none. */
export const RELAY_RULES: readonly ((config: Config) => string | null)[] = [
  ({ cloudflareKeyId, cloudflareApiToken }) =>
    together(
      'TURN_CLOUDFLARE_KEY_ID',
      cloudflareKeyId,
      'TURN_CLOUDFLARE_API_TOKEN',
      cloudflareApiToken,
    ),
  ({ meteredUrl, meteredSecretKey }) =>
    together('TURN_METERED_URL', meteredUrl, 'TURN_METERED_SECRET_KEY', meteredSecretKey),
  ({ coturnUrls, coturnSecret }) =>
    together('TURN_COTURN_URLS', coturnUrls, 'TURN_COTURN_SECRET', coturnSecret),
  orderNamesWhatThereIs,
];

function together(one: string, first: unknown, other: string, second: unknown): string | null {
  if ((first === null) === (second === null)) return null;
  const [set, missing] = first === null ? [other, one] : [one, other];
  return `${set} is set and ${missing} is not: set both, or neither.`;
}

function orderNamesWhatThereIs(config: Config): string | null {
  if (config.turnOrder === null) return null;
  const setup = relaySetup(config);
  const there = RELAY_SERVICES.filter((name) =>
    name === 'static' ? hasRelay(setup.iceServers) : setup[name] !== null,
  );
  const missing = config.turnOrder.find((name) => !there.includes(name));
  if (missing !== undefined)
    return `TURN_ORDER names ${missing}, which is not set up: set its variables, or take it out of the order.`;
  const unnamed = there.find((name) => !config.turnOrder?.includes(name));
  if (unnamed === undefined) return null;
  return `TURN_ORDER does not name ${unnamed}, which is set up: add it, or remove its variables.`;
}
