import { Agent, request } from 'node:http';

const agents = new Map<string, Agent>();

/** Sends JSON from an address of this machine; the answer's text. */
export function postFrom(localAddress: string, url: string, body: string): Promise<string> {
  const agent = agents.get(localAddress) ?? new Agent({ keepAlive: true, maxSockets: 50 });
  agents.set(localAddress, agent);
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, localAddress, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
