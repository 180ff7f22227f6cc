import type { RelaySetup } from '../turn/relayIceServers.ts';
import { RELAY_SERVICES } from './relays.ts';
import type { Config } from './variables.ts';

/** The relay services that are set up completely. */
export function relaySetup(config: Config): RelaySetup {
  const { cloudflareKeyId, cloudflareApiToken, cloudflareApi } = config;
  const { meteredUrl, meteredSecretKey, coturnUrls, coturnSecret, iceServers } = config;
  const keyed = cloudflareKeyId !== null && cloudflareApiToken !== null;
  return {
    order: config.turnOrder ?? RELAY_SERVICES,
    cloudflare: keyed
      ? { keyId: cloudflareKeyId, apiToken: cloudflareApiToken, api: cloudflareApi }
      : null,
    metered:
      meteredUrl !== null && meteredSecretKey !== null
        ? { url: meteredUrl, secretKey: meteredSecretKey }
        : null,
    coturn:
      coturnUrls !== null && coturnSecret !== null
        ? { urls: coturnUrls, secret: coturnSecret }
        : null,
    iceServers,
  };
}
