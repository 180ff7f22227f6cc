/** An event's lobby on a running server. */
export interface LobbyPlace {
  readonly server: string;
  readonly eventId: string;
}
