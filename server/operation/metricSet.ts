import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Meeting at once up to waiting a quarter of an hour for somebody new. */
const WAIT_BUCKETS_S = [0.05, 0.25, 1, 2, 5, 10, 20, 40, 80, 160, 320, 900];
/** A call within one building up to the connect timeout. */
const MEDIA_BUCKETS_S = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 6, 7.5];
const COMMIT_BUCKETS_S = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1];
const HTTP_BUCKETS_S = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** All that `/metrics` shows beside Node's own figures. Names follow Prometheus' conventions. */
export function metricSet(registry: Registry) {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly L[] = [],
  ) => new Histogram<L>({ name, help, buckets, labelNames, registers });
  return {
    lobbies: gauge('foyer_lobbies', 'Lobbies that run on this node.'),
    members: gauge('foyer_members', 'Members by what they do at this moment.', ['phase']),
    wait: histogram('foyer_wait_seconds', 'From ready to matched.', WAIT_BUCKETS_S),
    media: histogram(
      'foyer_match_to_media_seconds',
      'From matched to media, as clients report it: at one side, and at both.',
      MEDIA_BUCKETS_S,
      ['sides', 'path'],
    ),
    callsEnded: counter('foyer_calls_ended_total', 'Calls that are over, by how they ended.', [
      'reason',
      'relay_only',
      'relay_available',
      'path',
    ]),
    pairs: counter('foyer_pairs_total', 'Pairs made, by what the storage said.', ['outcome']),
    commit: histogram('foyer_pair_commit_seconds', 'Writing a group of pairs.', COMMIT_BUCKETS_S),
    storageFailures: counter('foyer_storage_failures_total', 'What the storage refused to do.', [
      'operation',
    ]),
    poisoned: counter('foyer_commands_poisoned_total', 'Commands that made a lobby throw.'),
    restarts: counter('foyer_lobby_restarts_total', 'Lobbies restarted after a throw.'),
    sockets: gauge('foyer_sockets', 'Open sockets.', ['kind']),
    closes: counter('foyer_socket_closes_total', 'Closed sockets by close code.', ['kind', 'code']),
    upgradesRefused: counter(
      'foyer_upgrades_refused_total',
      'Sockets refused before they opened.',
      ['status'],
    ),
    http: histogram('foyer_http_request_seconds', 'Answering requests.', HTTP_BUCKETS_S, [
      'method',
      'route',
      'status',
    ]),
    refusals: counter('foyer_refusals_total', 'Refused requests by route and reason.', [
      'route',
      'reason',
    ]),
    relaysIssued: counter('foyer_relay_credentials_total', 'TURN credentials taken.', ['service']),
    relayFailures: counter(
      'foyer_relay_failures_total',
      'TURN services that gave none or did not answer.',
      ['service', 'cause'],
    ),
    relayBreaker: gauge('foyer_relay_breaker_open', '1 while a TURN service is not asked.', [
      'service',
    ]),
  };
}

export type MetricSet = ReturnType<typeof metricSet>;
