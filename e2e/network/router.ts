import { runIn } from './layNetwork.ts';

/**
 * How a router changes the port of what goes out. `cone`: the same for every destination, so that
 * two people find each other with STUN alone. `symmetric`: another for each, so that they need a relay.
 */
export type Nat = 'cone' | 'symmetric';

/** Everything that this router drops on top of what its NAT refuses, in one chain to be emptied. */
const FAULTS = 'faults';
/** Marks each new flow with the number of the present generation, and drops those of earlier ones. */
const GENERATIONS = 'generations';

/** A home's router: a NAT between `lan` and `wan`, and the place where the network fails. */
export class Router {
  readonly #namespace: string;
  #generation = 1;

  constructor(namespace: string) {
    this.#namespace = namespace;
    for (const chain of [FAULTS, GENERATIONS]) {
      this.#iptables('-N', chain);
      this.#iptables('-A', 'FORWARD', '-j', chain);
    }
    const known = ['-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED'];
    this.#iptables('-A', 'FORWARD', '-i', 'wan', ...known, '-j', 'ACCEPT');
    this.#iptables('-A', 'FORWARD', '-i', 'wan', '-j', 'DROP');
    // No answer of the router itself: an ICMP error would tell a browser what a real one does not.
    this.#iptables('-A', 'INPUT', '-i', 'wan', '-p', 'udp', '-j', 'DROP');
    this.setNat('cone');
    this.#countFlows();
  }

  /** Holds for flows that begin from now on. */
  setNat(nat: Nat): void {
    const how = nat === 'symmetric' ? ['--random-fully'] : [];
    this.#iptables('-t', 'nat', '-F', 'POSTROUTING');
    this.#iptables('-t', 'nat', '-A', 'POSTROUTING', '-o', 'wan', '-j', 'MASQUERADE', ...how);
  }

  /** Only TCP gets through, as in many an office. */
  blockUdp(): void {
    this.#iptables('-A', FAULTS, '-p', 'udp', '-j', 'DROP');
  }

  /** Nothing gets through, in either direction, and nothing says so. */
  dropAll(): void {
    this.#iptables('-A', FAULTS, '-j', 'DROP');
  }

  /** Nothing of a call gets in; what goes out, and the lobby, go on. */
  dropIncomingUdp(): void {
    this.#iptables('-A', FAULTS, '-i', 'wan', '-p', 'udp', '-j', 'DROP');
  }

  /** Loses this share (0–1) of the packets, in each direction, by chance. */
  lose(share: number): void {
    const chance = ['-m', 'statistic', '--mode', 'random', '--probability', String(share)];
    this.#iptables('-A', FAULTS, ...chance, '-j', 'DROP');
  }

  /**
   * Every UDP flow of this moment is dead for good, as when a router forgets its table; new ones work.
   * Connections of TCP go on.
   */
  killFlows(): void {
    this.#generation += 1;
    this.#countFlows();
  }

  /** What goes out is held to this rate, kbit/s. */
  capUplink(kilobits: number): void {
    const rate = ['rate', `${kilobits}kbit`, 'burst', '3000', 'latency', '300ms'];
    runIn(this.#namespace, 'tc', 'qdisc', 'replace', 'dev', 'wan', 'root', 'tbf', ...rate);
  }

  /** Takes every fault away, but for flows that were killed: nothing wakes those. */
  heal(): void {
    this.#iptables('-F', FAULTS);
    if (runIn(this.#namespace, 'tc', 'qdisc', 'show', 'dev', 'wan').includes('tbf'))
      runIn(this.#namespace, 'tc', 'qdisc', 'delete', 'dev', 'wan', 'root');
  }

  #countFlows(): void {
    const mark = String(this.#generation);
    const isNew = ['-m', 'conntrack', '--ctstate', 'NEW'];
    const isOld = ['-m', 'connmark', '!', '--mark', mark];
    this.#iptables('-F', GENERATIONS);
    this.#iptables('-A', GENERATIONS, '-p', 'udp', ...isNew, '-j', 'CONNMARK', '--set-mark', mark);
    this.#iptables('-A', GENERATIONS, '-p', 'udp', ...isOld, '-j', 'DROP');
  }

  #iptables(...args: string[]): void {
    runIn(this.#namespace, 'iptables', '-w', ...args);
  }
}
