/**
 * Measures the differ over the corpus (`../shared/corpus`): crashes, times and counts for each set of real pairs, agreement for each peer.
 * Usage: node bench/diff-corpus.ts [set or peer]... [--verbose] [--only TEXT]. Says so when the corpus is absent; exits 1 when a bar is missed.
 */
import { existsSync } from 'node:fs'
import { reportPeer, peers } from './diff/peers.ts'
import { reportSet, sets } from './diff/real.ts'
import { reportTruth } from './diff/truth.ts'
import { reportVariants } from './diff/variants.ts'

const corpus = new URL('../../shared/corpus/', import.meta.url).pathname
const args = process.argv.slice(2)
const verbose = args.includes('--verbose')
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : ''
const wanted = args.filter((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--only')

if (!existsSync(corpus)) {
  console.log(`The corpus is not here (${corpus}); nothing was measured.`)
} else {
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name)
  const held: boolean[] = []
  for (const set of sets) if (isWanted(set.name)) held.push(reportSet(corpus, set, { verbose, only }))
  if (isWanted('truth')) held.push(reportTruth(corpus, { verbose, only }))
  for (const peer of peers) if (isWanted(peer.name)) held.push(reportPeer(corpus, peer, { verbose, only }))
  if (isWanted('variants')) held.push(reportVariants(corpus, { verbose, only }))
  if (held.includes(false)) process.exitCode = 1
}
