import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { createServer } from 'vite';

const GALLERY = fileURLToPath(new URL('../extension/gallery', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
/** What Chromium imposes on the pages of a Manifest V3 extension. */
const EXTENSION_CSP = "script-src 'self'; object-src 'self'";

/** Serves the gallery on a free port until `signal` aborts. Returns its address. */
export async function serveGallery(signal: AbortSignal): Promise<string> {
  const server = await createServer({
    root: GALLERY,
    configFile: false,
    logLevel: 'warn',
    plugins: [vue(), tailwindcss()],
    define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false },
    // Named here, or finding them would reload the page in the middle of a run.
    optimizeDeps: { include: ['vue', 'vue-i18n', 'valibot', 'lucide-vue-next', 'uplot'] },
    server: {
      port: 0,
      host: '127.0.0.1',
      hmr: false,
      fs: { allow: [REPOSITORY] },
      headers: { 'content-security-policy': EXTENSION_CSP },
    },
  });
  await server.listen();
  signal.addEventListener('abort', () => void server.close(), { once: true });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The gallery did not get an address.');
  return address;
}
