import { endProcessesIn, layNetwork, run, type HostName } from './layNetwork.ts';
import { Router, type Nat } from './router.ts';

/** Two homes and a public host, and everything that can go wrong between them. */
export interface Network {
  /** The namespace of the public host, or of somebody's machine. */
  namespaceOf(host: HostName | 'public'): string;
  readonly routers: Readonly<Record<HostName, Router>>;
  setNat(nat: Nat): void;
  /** The machine gets another address from its router, as when a laptop changes its network. */
  changeAddress(host: HostName): void;
  /** Ends every program on a person's machine at once. */
  crash(host: HostName): void;
  /** Takes every fault away that can be taken away. */
  heal(): void;
  close(): void;
}

export function openNetwork(): Network {
  const cabling = layNetwork();
  const { ada, ben } = cabling.homes;
  const routers = { ada: new Router(ada.router), ben: new Router(ben.router) };
  const both = Object.values(routers);
  const lastNumber = { ada: 2, ben: 2 };
  return {
    namespaceOf: (host) => (host === 'public' ? cabling.publicHost : cabling.homes[host].host),
    routers,
    setNat: (nat) => both.forEach((router) => router.setNat(nat)),
    changeAddress: (host) => {
      lastNumber[host] += 1;
      const home = cabling.homes[host];
      const address = home.gateway.replace(/\.1$/, `.${lastNumber[host]}/24`);
      run('ip', '-n', home.host, 'address', 'flush', 'dev', 'eth0');
      run('ip', '-n', home.host, 'address', 'add', address, 'dev', 'eth0');
      run('ip', '-n', home.host, 'route', 'add', 'default', 'via', home.gateway);
    },
    crash: (host) => endProcessesIn(cabling.homes[host].host),
    heal: () => both.forEach((router) => router.heal()),
    close: cabling.remove,
  };
}
