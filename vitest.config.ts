import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A missing golden file is a failure, not a pass; `npm run test:update` writes them.
    update: process.argv.includes('--update') ? 'all' : 'none',
    // Whole stories start databases, workers and git; on a busy machine they take a while, and a slow pass is no failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Real databases, git and browsers share two cores: more processes only make each slower.
    maxWorkers: 2,
  },
})
