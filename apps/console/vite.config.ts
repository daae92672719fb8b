import { defineConfig } from 'vite';
import { gzipFiles } from './vite/gzip-files.js';
import { themeVariables } from './vite/theme-variables.js';

/** Builds the console to dist/console; desk-api serves it from there. `npm run console` serves it with live reload. */
// oxlint-disable-next-line import/no-default-export -- Vite reads its configuration from the default export
export default defineConfig({
  root: import.meta.dirname,
  plugins: [themeVariables(), gzipFiles()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // The policy of the page allows no data: scripts, and small icons are few.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // The kit marks its files for servers that render React; there is none here.
      onLog: (level, log, next) => log.code === 'MODULE_LEVEL_DIRECTIVE' || next(level, log),
    },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(['/api', '/admin', '/health'].map((path) => [path, 'http://127.0.0.1:3000'])),
  },
});
