import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';
import { BLUR_ALIAS } from './scripts/blurModel/blurAlias.ts';
import { blurFiles } from './scripts/blurModel/blurFiles.ts';
import { EXTENSION_PUBLIC_KEY } from './shared/extensionIdentity.ts';

/** The texts are interpreted; what compiles them, and what only tools use, stays out. */
const VUE_I18N_FLAGS = {
  __VUE_I18N_LEGACY_API__: false,
  __VUE_I18N_FULL_INSTALL__: false,
  __INTLIFY_PROD_DEVTOOLS__: false,
};

const CHROME = {
  key: EXTENSION_PUBLIC_KEY,
  minimum_chrome_version: '126',
  // The page can neither guess nor keep the panel's address.
  web_accessible_resources: [
    { resources: ['panel.html'], matches: ['<all_urls>'], use_dynamic_url: true },
  ],
};

/** Built to be linted by Mozilla's rules, which are the stricter ones; not yet supported. */
const FIREFOX = {
  web_accessible_resources: [{ resources: ['panel.html'], matches: ['<all_urls>'] }],
  browser_specific_settings: {
    gecko: {
      id: 'foyer@foyer.example',
      strict_min_version: '142.0',
      // What a lobby needs to hear: the display name, and which event one joins.
      data_collection_permissions: { required: ['personallyIdentifyingInfo', 'websiteActivity'] },
    },
  },
};

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: '.output',
  modules: ['@wxt-dev/module-vue'],
  imports: false,
  vite: () => ({
    plugins: [tailwindcss()],
    define: VUE_I18N_FLAGS,
    resolve: { alias: BLUR_ALIAS },
  }),
  hooks: {
    'build:publicAssets': (wxt, files) => {
      files.push(...blurFiles(join(wxt.config.wxtDir, 'blur')));
    },
  },
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    short_name: '__MSG_shortName__',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: ['storage', 'activeTab', 'scripting'],
    action: { default_title: '__MSG_toolbarTitle__' },
    // Background blur runs WebAssembly; nothing else is loosened.
    content_security_policy: {
      extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
    },
    ...(browser === 'firefox' ? FIREFOX : CHROME),
  }),
});
