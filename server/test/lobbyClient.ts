import { decode } from '../../shared/protocol/decode.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import {
  ServerMessageSchema,
  type ClientMessage,
  type Match,
  type ServerMessage,
} from '../../shared/protocol/lobby.ts';
import { isNumbered } from '../../shared/protocol/numbered.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { partOfName } from '../domain/lobby/lobbyPart.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, type TestServer } from './startServer.ts';

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;
interface Person {
  readonly name?: string;
  readonly deviceToken?: string;
  readonly autoPong?: boolean;
}

/** A person with a lobby socket, who reads the server's messages in order. */
export class LobbyClient {
  readonly socket: ScriptedSocket;
  readonly joined: JoinAnswer;
  #read = 0;
  #resumeToken = '';

  private constructor(socket: ScriptedSocket, joined: JoinAnswer) {
    this.socket = socket;
    this.joined = joined;
  }

  /** Joins by HTTP, opens the socket, says hello and has been welcomed. */
  static async enter(server: TestServer, eventId: string, person?: Person): Promise<LobbyClient> {
    const client = await LobbyClient.knock(server, eventId, person);
    if (client instanceof LobbyClient) return client;
    throw new Error(`Shown the door with ${client}.`);
  }

  /** The same, or the code with which the socket was closed. */
  static async knock(
    server: TestServer,
    eventId: string,
    { name = 'Ann', deviceToken = anyToken(), autoPong = true }: Person = {},
  ): Promise<LobbyClient | number> {
    const joined = await server.join(eventId, { displayName: name, deviceToken });
    const socket = await ScriptedSocket.open(joined.lobbyUrl, { autoPong });
    const client = new LobbyClient(socket, joined);
    client.say({ type: 'hello', version: PROTOCOL_VERSION, ticket: joined.ticket });
    await socket.until('an answer to hello', () => {
      return socket.closeCode ?? (client.heard().includes('welcome') ? true : undefined);
    });
    if (socket.closeCode !== null) return socket.closeCode;
    client.#resumeToken = (await client.next('welcome')).resumeToken;
    return client;
  }

  /** Which part of the event this is. */
  get part(): number {
    return partOfName(this.#resumeToken.split('-', 1)[0] ?? '').part;
  }

  /** Says hello, whatever comes of it. */
  static async tryToEnter(server: TestServer, eventId: string, name: string) {
    const joined = await server.join(eventId, { displayName: name });
    const socket = await ScriptedSocket.open(joined.lobbyUrl);
    socket.send({ type: 'hello', version: PROTOCOL_VERSION, ticket: joined.ticket });
    return socket;
  }

  /** Several people in one lobby, all ready, in this order. */
  static async enterReady(server: TestServer, eventId: string, ...names: string[]) {
    const clients: LobbyClient[] = [];
    for (const name of names) {
      const client = await LobbyClient.enter(server, eventId, { name });
      client.say({ type: 'ready' });
      await client.settle();
      clients.push(client);
    }
    return clients;
  }

  /** The same person on a fresh socket, who says what came at this one. */
  async comeBack(): Promise<LobbyClient> {
    const heard = this.socket.frames.filter((_, at) => isNumbered(this.#message(at))).length;
    return this.resume(this.#resumeToken, heard);
  }

  /** The same person on a fresh socket. */
  async resume(resumeToken = this.#resumeToken, heard?: number): Promise<LobbyClient> {
    const socket = await ScriptedSocket.open(this.joined.lobbyUrl);
    const client = new LobbyClient(socket, this.joined);
    client.say({ type: 'resume', version: PROTOCOL_VERSION, resumeToken, heard });
    return client;
  }

  /** Keeps the token for the next time. */
  async welcomed(): Promise<void> {
    this.#resumeToken = (await this.next('welcome')).resumeToken;
  }

  get resumeToken(): string {
    return this.#resumeToken;
  }

  say(message: ClientMessage): void {
    this.socket.send(message);
  }

  /** The next message of this type; those before it count as read. */
  async next<T extends ServerMessage['type']>(type: T): Promise<MessageOf<T>> {
    return this.socket.until(type, () => {
      for (let at = this.#read; at < this.socket.frames.length; at += 1) {
        const message = this.#message(at);
        if (message.type !== type) continue;
        this.#read = at + 1;
        return message as MessageOf<T>;
      }
      return undefined;
    });
  }

  async matched(): Promise<Match> {
    return (await this.next('matched')).match;
  }

  /** Everything that was caused before is here once a fresh *pong* is. */
  async settle(): Promise<void> {
    const pongs = () => this.heard().filter((type) => type === 'pong').length;
    const before = pongs();
    this.say({ type: 'ping' });
    await this.socket.until('pong', () => (pongs() > before ? true : undefined));
  }

  heard(): ServerMessage['type'][] {
    return this.socket.frames.map((_, at) => this.#message(at).type);
  }

  #message(at: number): ServerMessage {
    const decoded = decode(ServerMessageSchema, this.socket.frames[at]);
    if (!decoded.ok) throw new Error(`Against the protocol: ${decoded.error.detail}`);
    return decoded.value;
  }
}

/** Both report media and hear that the time runs. */
export async function startTalking(one: LobbyClient, other: LobbyClient): Promise<Match> {
  const [match] = await Promise.all([one.matched(), other.matched()]);
  for (const client of [one, other]) client.say({ type: 'mediaFlowing', matchId: match.matchId });
  await Promise.all([one.next('live'), other.next('live')]);
  return match;
}
