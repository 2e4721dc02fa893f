/** Questions about findings that many rules of a policy ask: each is compiled once and asked once about each finding, however many rules there are. */
import type { Reading, Subject } from './subjects.ts'
import type { Matcher } from './written-conditions.ts'

export type FindingTest = (subject: Subject) => boolean
export type ReadingTest = (reading: Reading) => boolean

/** What a matcher asks of a finding, and of one of its readings. */
export interface Tests {
  readonly ofFinding: readonly FindingTest[]
  readonly ofReading: readonly ReadingTest[]
}

/** A matcher without its negation. */
export type Plain = Omit<Matcher, 'not'>

export interface SharedTests {
  /** The tests of one fact, compiled by the caller where they are new. */
  readonly testsOf: (fact: Plain, compile: (fact: Plain) => Tests) => Tests
}

/** For the subjects of one index only: answers are remembered by their numbers. */
export function shareTests(): SharedTests {
  const known = new Map<string, Tests>()
  return {
    testsOf: (fact, compile) => {
      const key = JSON.stringify(fact)
      const found = known.get(key)
      if (found !== undefined) return found
      const { ofFinding, ofReading } = compile(fact)
      const tests = { ofFinding: ofFinding.map(rememberFindings), ofReading: ofReading.map(rememberReadings) }
      known.set(key, tests)
      return tests
    },
  }
}

function rememberFindings(test: FindingTest): FindingTest {
  const answers: boolean[] = []
  return (subject) => (answers[subject.index] ??= test(subject))
}

function rememberReadings(test: ReadingTest): ReadingTest {
  const answers: boolean[] = []
  return (reading) => (answers[reading.index] ??= test(reading))
}
