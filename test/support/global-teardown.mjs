import './typescript-hooks.mjs';

const { stopTestCluster } = await import('./test-cluster.ts');

export default stopTestCluster;
