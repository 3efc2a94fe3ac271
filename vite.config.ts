import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` finds the service while developing. */
const SERVICE = process.env.MILKRUN_SERVICE ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // the map library alone is larger than the default limit; it has a chunk of its own
    chunkSizeWarningLimit: 1300,
    // proofs are the service's work: the page takes words and checks from the solver, and small programs alone
    rolldownOptions: {
      external: ['highs'],
      input: { index: 'web/index.html', drive: 'web/drive/index.html', sw: 'web/drive/sw.ts' },
      // its address is its scope, so it carries no hash
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'drive/sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': SERVICE, '/health': SERVICE } },
})
