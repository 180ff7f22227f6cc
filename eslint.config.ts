import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { LAYERS, PURE_PLACES } from './eslint.layers.ts';

/** Rule 3 of the house: time and chance arrive as arguments. */
const IMPURE_GLOBALS = [
  'Date',
  'setTimeout',
  'setInterval',
  'performance',
  'crypto',
  'fetch',
  'window',
  'document',
  'navigator',
  'browser',
  'chrome',
  'process',
  'WebSocket',
  'RTCPeerConnection',
];

export default defineConfig(
  { ignores: ['.output/', '.wxt/', 'server/db/migrations/', '.data/'] },
  js.configs.recommended,
  tseslint.configs.strict,
  vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.{ts,vue}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.vue', '.js', '.mjs'] }),
      ],
    },
    rules: {
      'no-undef': 'off',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: LAYERS }],
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-literal'],
    },
  },
  {
    files: ['**/*.test.ts', 'bench/**/*.ts', 'e2e/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // Loops over a million pixels, whose index is the bound: a check of each costs more than the work.
    files: ['extension/media/blur/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: PURE_PLACES,
    // A digest is neither time nor chance.
    ignores: ['**/*.test.ts', 'shared/eventKey/keyHash.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  prettier,
);
