import type { Attributes, Tracer } from './tracer.ts';

/** Does asynchronous work inside a span of its own, which fails with it. */
export async function traced<T>(
  tracer: Tracer,
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  const span = tracer.begin(name, attributes);
  try {
    const value = await span.inside(work);
    span.end();
    return value;
  } catch (error) {
    span.end({}, error instanceof Error ? error.name : 'unknown');
    throw error;
  }
}
