import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';
import { EXTENSION_PUBLIC_KEY } from './shared/extensionIdentity.ts';

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: '.output',
  modules: ['@wxt-dev/module-vue'],
  imports: false,
  vite: () => ({ plugins: [tailwindcss()] }),
  manifest: {
    name: '__MSG_name__',
    short_name: '__MSG_shortName__',
    description: '__MSG_description__',
    default_locale: 'en',
    key: EXTENSION_PUBLIC_KEY,
    minimum_chrome_version: '126',
    permissions: ['storage', 'activeTab', 'scripting'],
    action: { default_title: '__MSG_toolbarTitle__' },
    web_accessible_resources: [
      { resources: ['panel.html'], matches: ['<all_urls>'], use_dynamic_url: true },
    ],
  },
});
