import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { endpointTable } from './endpoint-table.ts';

// The server answers under its own name only and refuses what other sites send, so the proxy speaks as the server's own page.
const target = 'http://localhost:4280';
const server = { target, changeOrigin: true, headers: { origin: target } };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), endpointTable()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023' },
  server: {
    host: '127.0.0.1',
    port: 4281,
    strictPort: true,
    proxy: { '/v1': server, '/api': server, '/access': server, '/openapi.json': server, '/docs': server },
  },
});
