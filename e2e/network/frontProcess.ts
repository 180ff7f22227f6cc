import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { makeCertificate } from '../streamSite/makeCertificate.ts';
import { startStreamSite } from '../streamSite/startStreamSite.ts';

/**
 * Runs on the public host: the stream site over TLS, and TLS in front of each of our servers, as an
 * operator has it. `node frontProcess.ts ADDRESS SITE_PORT FRONT_PORT:SERVER_PORT …`
 */
const [address = '', sitePort = '', ...fronts] = process.argv.slice(2);

await startStreamSite({ address, port: Number(sitePort) });
const certificate = await makeCertificate(['foyer.example']);
for (const front of fronts) {
  const [frontPort, serverPort] = front.split(':').map(Number);
  const server = createServer(certificate, (outside) => {
    const inside = connect(serverPort!, '127.0.0.1');
    outside.pipe(inside).pipe(outside);
    // Either side may break off at any time; the other one learns it by its own end.
    outside.on('error', () => inside.destroy()).on('close', () => inside.destroy());
    inside.on('error', () => outside.destroy()).on('close', () => outside.destroy());
  });
  await new Promise<void>((resolve) => server.listen(frontPort, address, resolve));
}
console.log(JSON.stringify({ msg: 'listening', url: `https://${address}:${sitePort}` }));

process.on('SIGTERM', () => process.exit(0));
