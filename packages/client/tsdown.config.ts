import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    webhooks: 'src/webhooks.ts',
    express: 'src/guards/express.ts',
    fastify: 'src/guards/fastify.ts',
    hono: 'src/guards/hono.ts',
    next: 'src/guards/next.ts',
    react: 'src/react/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  // Docstrings are for the types; what runs goes to browsers as it is.
  outputOptions: { comments: { jsdoc: false } },
  dts: { oxc: {} },
});
