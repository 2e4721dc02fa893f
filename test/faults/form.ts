/**
 * The two forms of the fault tests: the short one for every run of the tests, and the long one, which tries everything
 * (`npm run test:faults`; SPECGATE_KILLS says how often processes are killed in it).
 */
export const isLong = process.env['SPECGATE_FAULTS'] === 'long'

/** Kills in each store's story. */
export const kills = isLong ? Number(process.env['SPECGATE_KILLS'] ?? 100) : 2
