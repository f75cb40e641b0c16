/// <reference types="vitest/config" />
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const faces = resolve(import.meta.dirname, 'src/faces');

/** Every folder under src/faces that has an index.html is a page of its own: `/read` never weighs on `/clinic`. */
const pages = Object.fromEntries(
  readdirSync(faces)
    .map((face) => [face, resolve(faces, face, 'index.html')] as const)
    .filter(([, page]) => existsSync(page)),
);

export default defineConfig({
  root: faces,
  base: '/',
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, 'target/classes/META-INF/resources'),
    emptyOutDir: true,
    assetsDir: 'assets',
    // The hub's content security policy knows no data: scripts, and hashed files are cached for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // The imaging code is one lazily loaded chunk; tools/budget.mjs watches what is loaded before it.
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      input: { ...pages, 'clinic-sw': resolve(faces, 'clinic/sw.ts') },
      // A service worker must have a stable address at the root to be allowed to serve /clinic.
      output: {
        entryFileNames: (chunk) => (chunk.name === 'clinic-sw' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  worker: { format: 'es' },
  test: {
    root: resolve(import.meta.dirname, 'src'),
    environment: 'happy-dom',
    include: ['**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
