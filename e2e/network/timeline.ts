import { FREEZE_MS, type RecordedSeat, type SeatRecord } from './recordSeat.ts';

/** Something that happened; `at` is of the machine's clock, ms since 1970. */
export interface TimelineEntry {
  readonly at: number;
  /** A person, or the network. */
  readonly who: string;
  readonly what: string;
}

/** All that two people saw and their connections did from `since` on, and what was done to them. */
export async function timelineSince(
  since: number,
  seats: readonly RecordedSeat[],
  done: readonly TimelineEntry[],
): Promise<TimelineEntry[]> {
  const seen = await Promise.all(
    seats.map(async (recorded) => entriesOf(await recorded.read(), recorded, since)),
  );
  return [...done, ...seen.flat()].sort((left, right) => left.at - right.at);
}

function entriesOf(
  record: SeatRecord,
  { seat, partner }: RecordedSeat,
  since: number,
): TimelineEntry[] {
  const who = seat.viewer.person.name;
  const words = record.words.filter(({ at }) => at >= since);
  const read = words.filter(({ shown }) => shown);
  const shortLived = new Set(read.map(({ text }) => text));
  const gone = words.filter(({ text, shown }) => !shown && shortLived.has(text));
  const connection = record.connection.map(({ at, what }) => ({ at, what: `connection ${what}` }));
  const pictures = freezesSince(record, since).flatMap(({ from, to }) => [
    { at: from, what: `last picture of ${partner.name}` },
    ...(to === null
      ? []
      : [{ at: to, what: `${partner.name}'s picture is back, after ${to - from} ms` }]),
  ]);
  const sentences = [...together('reads', read), ...together('no longer reads', gone)];
  return [...sentences, ...connection, ...pictures]
    .filter(({ at }) => at >= since)
    .map((entry) => ({ ...entry, who }));
}

/** Sentences that came or went at one moment are one entry. */
function together(verb: string, words: SeatRecord['words']) {
  const moments = new Map<number, string[]>();
  for (const { at, text } of words) moments.set(at, [...(moments.get(at) ?? []), `“${text}”`]);
  return [...moments].map(([at, texts]) => ({ at, what: `${verb} ${texts.join(', ')}` }));
}

/** Pauses without a picture that began after `since`; `to` is null for one that lasts on. */
function freezesSince({ pictures }: SeatRecord, since: number) {
  const times = pictures.map(({ at }) => at).filter((at) => at >= since);
  return [...times, null].flatMap((to, index) => {
    const from = times[index - 1];
    if (from === undefined) return [];
    return (to ?? Date.now()) - from >= FREEZE_MS ? [{ from, to }] : [];
  });
}

/** The longest time without a picture from `since` on, ms. */
export function longestPause({ pictures }: SeatRecord, since: number): number {
  const times = [since, ...pictures.map(({ at }) => at).filter((at) => at > since), Date.now()];
  return Math.max(...times.slice(1).map((at, index) => at - times[index]!));
}

/** A table for people, in ms since `zero`. */
export function timelineTable(entries: readonly TimelineEntry[], zero: number): string {
  const rows = entries.map(
    ({ at, who, what }) => `| ${Math.round(at - zero)} | ${who} | ${what} |`,
  );
  return ['| ms | who | what |', '| ---: | --- | --- |', ...rows].join('\n');
}
