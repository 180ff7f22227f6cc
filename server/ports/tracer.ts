/** Nothing about one person; an event's id is fine. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work whose beginning, end and place inside other work is told to a tracing service. */
export interface OpenSpan {
  /** What begins inside `work`, also later and asynchronously, is part of this. */
  inside<T>(work: () => T): T;
  /** The first time counts. `failure` is a word for what went wrong. */
  end(outcome?: Attributes, failure?: string): void;
}

export interface Tracer {
  begin(name: string, attributes: Attributes): OpenSpan;
}

const SILENT_SPAN: OpenSpan = { inside: (work) => work(), end: () => undefined };

export const silentTracer: Tracer = { begin: () => SILENT_SPAN };
