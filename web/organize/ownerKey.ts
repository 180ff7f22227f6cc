/** What opens an event to its owner: both parts of the owner's link. */
export interface OwnerKey {
  readonly eventId: string;
  readonly secret: string;
}
