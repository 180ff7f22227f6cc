import { execFileSync } from 'node:child_process';

/** The two who watch, each behind a router of their own. */
export type HostName = 'ada' | 'ben';

/** Namespaces joined by cables; nothing of it touches the machine's own network. */
export interface Cabling {
  /** Everything that both reach: server, site and relay. */
  readonly publicHost: string;
  readonly homes: Readonly<Record<HostName, Home>>;
  remove(): void;
}

/** A person's machine, and the router between it and the rest. */
interface Home {
  readonly host: string;
  readonly router: string;
  /** The router's address inside; the last number of the machine's own is the router's to give. */
  readonly gateway: string;
}

/** Where the public services listen. */
export const PUBLIC_ADDRESS = '10.88.0.10';

const PREFIX = 'foyer-';
let laid = 0;

/** Runs a command, here or in a namespace; what it complains about becomes the error. */
export function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function runIn(namespace: string, command: string, ...args: string[]): string {
  return run('ip', 'netns', 'exec', namespace, command, ...args);
}

/**
 * Two homes, each a machine behind a router, and one public host between them. The names carry this
 * process's id, so that runs side by side do not meet; addresses may repeat, each run has its own.
 */
export function layNetwork(): Cabling {
  removeLeftovers();
  laid += 1;
  const name = (part: string) => `${PREFIX}${process.pid}-${laid}-${part}`;
  const publicHost = name('public');
  const sink = name('sink');
  const homes = {
    ada: { host: name('ada'), router: name('router-ada'), gateway: '192.168.1.1' },
    ben: { host: name('ben'), router: name('router-ben'), gateway: '192.168.2.1' },
  };
  const namespaces = [
    publicHost,
    sink,
    ...Object.values(homes).flatMap((home) => [home.host, home.router]),
  ];
  const remove = () => {
    process.off('exit', remove);
    namespaces.forEach(removeNamespace);
  };
  process.once('exit', remove);
  namespaces.forEach(addNamespace);
  addPublicHost(publicHost, sink);
  Object.values(homes).forEach((home, index) => addHome(home, publicHost, index + 1));
  return { publicHost, homes, remove };
}

function addNamespace(namespace: string): void {
  run('ip', 'netns', 'add', namespace);
  run('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
  runIn(namespace, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
}

function addPublicHost(publicHost: string, sink: string): void {
  forward(publicHost);
  run('ip', '-n', publicHost, 'address', 'add', `${PUBLIC_ADDRESS}/32`, 'dev', 'lo');
  cable([publicHost, 'sink', '10.88.9.1/24'], [sink, 'eth0', '10.88.9.2/24']);
  // Private addresses lead into a hole, as they do on the internet. "Unreachable" would make coturn
  // drop the session of whoever names such a candidate.
  run('ip', '-n', publicHost, 'route', 'add', 'default', 'via', '10.88.9.2');
}

function addHome(home: Home, publicHost: string, index: number): void {
  forward(home.router);
  const street = `10.88.${index}`;
  cable([publicHost, `home${index}`, `${street}.1/24`], [home.router, 'wan', `${street}.2/24`]);
  const inside = home.gateway.replace(/\.1$/, '');
  cable([home.router, 'lan', `${home.gateway}/24`], [home.host, 'eth0', `${inside}.2/24`]);
  run('ip', '-n', home.router, 'route', 'add', 'default', 'via', `${street}.1`);
  run('ip', '-n', home.host, 'route', 'add', 'default', 'via', home.gateway);
}

type End = readonly [namespace: string, device: string, address: string];

function cable(near: End, far: End): void {
  run(
    ...(['ip', 'link', 'add', near[1], 'netns', near[0], 'type', 'veth'] as const),
    ...['peer', 'name', far[1], 'netns', far[0]],
  );
  for (const [namespace, device, address] of [near, far]) {
    run('ip', '-n', namespace, 'address', 'add', address, 'dev', device);
    run('ip', '-n', namespace, 'link', 'set', device, 'up');
  }
}

function forward(namespace: string): void {
  runIn(namespace, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
}

/** Also ends whatever still runs in it: a namespace lives as long as its last process. */
function removeNamespace(namespace: string): void {
  if (!existing().includes(namespace)) return;
  endProcessesIn(namespace);
  run('ip', 'netns', 'delete', namespace);
}

/**
 * Kills what runs in a namespace, which only ever is what was started there by this run. First all stand
 * still: a browser's network process that outlives the page by a moment would say goodbye for it.
 */
export function endProcessesIn(namespace: string): void {
  const ids = run('ip', 'netns', 'pids', namespace).split('\n').filter(Boolean).map(Number);
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
    for (const id of ids) {
      try {
        process.kill(id, signal);
      } catch {
        // It ended by itself meanwhile.
      }
    }
  }
}

function existing(): string[] {
  const lines = run('ip', 'netns', 'list').split('\n');
  return lines.map((line) => line.split(' ')[0] ?? '').filter((name) => name.startsWith(PREFIX));
}

/** A run that was killed could not clean up. Its process is gone, its namespaces are not. */
function removeLeftovers(): void {
  for (const namespace of existing()) {
    const owner = Number(namespace.slice(PREFIX.length).split('-')[0]);
    if (owner !== process.pid && !isAlive(owner)) removeNamespace(namespace);
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
