import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { build, preview } from 'vite';

const GALLERY = fileURLToPath(new URL('../extension/gallery', import.meta.url));
const BUILT = fileURLToPath(new URL('../.output/gallery', import.meta.url));
/** What Chromium imposes on the pages of a Manifest V3 extension. */
const EXTENSION_CSP = "script-src 'self'; object-src 'self'";

/**
 * Builds the gallery and serves it on a free port until `signal` aborts: a page of hundreds of modules
 * takes longer to open than to build. Returns its address.
 */
export async function serveGallery(signal: AbortSignal): Promise<string> {
  const common = { root: GALLERY, configFile: false, logLevel: 'warn' } as const;
  await build({
    ...common,
    plugins: [vue(), tailwindcss()],
    define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false },
    build: { outDir: BUILT, emptyOutDir: true, minify: false, chunkSizeWarningLimit: Infinity },
  });
  const server = await preview({
    ...common,
    build: { outDir: BUILT },
    preview: {
      port: 0,
      host: '127.0.0.1',
      headers: { 'content-security-policy': EXTENSION_CSP },
    },
  });
  signal.addEventListener('abort', () => void server.close(), { once: true });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The gallery did not get an address.');
  return address;
}
