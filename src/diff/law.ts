/**
 * The law: which class a fact has. A client that sends values is hurt by a narrower set, a client that receives them by a wider
 * one. Nothing else assigns a class; deviations stand in ledger.ts, each with its reason.
 */
import type { ChangeClass } from '../model/change.ts'
import type { Effect, Guard, Writer } from './effect.ts'
import { deviationOf } from './ledger.ts'

/** What the law reads of a fact. */
export interface Case {
  readonly rule: string
  readonly effect: Effect
  readonly writer: Writer
  readonly guards: readonly Guard[]
}

const law: Record<Effect, Record<Writer, ChangeClass>> = {
  //             the client writes      the server writes
  narrows: { client: 'breaking', server: 'nonbreaking' },
  widens: { client: 'nonbreaking', server: 'breaking' },
  incomparable: { client: 'breaking', server: 'breaking' },
  unknown: { client: 'dangerous', server: 'dangerous' },
  behaves: { client: 'dangerous', server: 'docs' },
  annotates: { client: 'docs', server: 'docs' },
}

/** Guards under which nobody was promised anything: whatever would break is reported as harmless. */
const releasing: readonly Guard[] = ['sanctioned', 'unstable', 'unbound']

/** The class of a fact: the ledger's, where it deviates, else the law's; released by its guards. */
export function classOf(of: Case): ChangeClass {
  const written = deviationOf(of)?.class ?? law[of.effect][of.writer]
  return written !== 'docs' && of.guards.some((guard) => releasing.includes(guard)) ? 'nonbreaking' : written
}

const severity: Record<ChangeClass, number> = { breaking: 3, dangerous: 2, nonbreaking: 1, docs: 0 }

/** Negative when `left` is the worse class. */
export function compareClasses(left: ChangeClass, right: ChangeClass): number {
  return severity[right] - severity[left]
}
