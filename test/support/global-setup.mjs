import './typescript-hooks.mjs';

const { startTestCluster } = await import('./test-cluster.ts');

export default startTestCluster;
