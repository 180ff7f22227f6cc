import type WebSocket from 'ws';

/** When the socket's next message of this type came, ms of this process's clock. */
export function heard(socket: WebSocket, type: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const listen = (data: WebSocket.RawData) => {
      const at = performance.now();
      const message = JSON.parse(String(data)) as { type: string };
      if (message.type !== type) return;
      stop();
      resolve(at);
    };
    const refuse = (code: number) => {
      reject(new Error(`The socket closed (${code}) before it heard "${type}".`));
    };
    const stop = () => {
      socket.off('message', listen);
      socket.off('close', refuse);
    };
    socket.on('message', listen);
    socket.once('close', refuse);
    socket.once('error', reject);
  });
}
