import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { endpointTable } from './endpoint-table.ts';

const server = 'http://127.0.0.1:4280';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), endpointTable()],
  build: { outDir: 'dist', emptyOutDir: true, manifest: false, target: 'es2023' },
  server: {
    host: '127.0.0.1',
    port: 4281,
    strictPort: true,
    proxy: { '/v1': server, '/api': server, '/access': server, '/openapi.json': server, '/docs': server },
  },
});
