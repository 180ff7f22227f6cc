import { generate } from 'selfsigned';

/** A certificate for these names that nobody signed but itself, in PEM. */
export async function makeCertificate(
  names: readonly [string, ...string[]],
): Promise<{ key: string; cert: string }> {
  const extensions = [
    {
      name: 'subjectAltName' as const,
      altNames: names.map((value) => ({ type: 2 as const, value })),
    },
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] }], {
    keyType: 'ec',
    extensions,
  });
  return { key, cert };
}
