import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In development, the addresses under which the server serves the same pages. */
const pageAddresses: Plugin = {
  name: 'foyer-page-addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const path = request.url?.split('?')[0] ?? '/';
      if (/^\/organize(\/[^/.]+)?$/.test(path)) request.url = '/organize.html';
      else if (/^\/g\/[^/.]+$/.test(path)) request.url = '/group.html';
      next();
    });
  },
};

export default defineConfig({
  root: here('.'),
  plugins: [vue(), tailwindcss(), pageAddresses],
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: here('../.output/web'),
    emptyOutDir: true,
    // The pages' content security policy allows no data: sources and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [here('index.html'), here('organize.html'), here('group.html')],
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8787' } },
});
