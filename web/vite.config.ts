import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const OUTPUT = path('../dist/pages/portal');

export default defineConfig({
  root: path('.'),
  base: '/portal/',
  plugins: [react(), compressed()],
  resolve: {
    alias: {
      '@idoctor/commercial-client/react': path('../packages/client/src/react/index.ts'),
      '@idoctor/commercial-client': path('../packages/client/src/index.ts'),
    },
  },
  build: {
    outDir: OUTPUT,
    emptyOutDir: true,
    target: 'es2022',
    // The policy allows no data: address for scripts, styles and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '^/(?!portal/(?!session))': 'http://127.0.0.1:3000' } },
});

/** Once at the build, so that no request waits for it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const assets = join(OUTPUT, 'assets');
      for (const name of readdirSync(assets)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const file = join(assets, name);
        writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
      }
    },
  };
}
