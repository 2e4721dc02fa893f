/** Groups findings by what one edit would settle: the same rule at one shared component, at one element, or all over one file. */
import type { Cause, JudgedFinding } from '../model/review.ts'

/** The causes of these findings, those with most blocking findings first, then the biggest. Findings come in worst first and stay so. */
export function causesOf(findings: readonly JudgedFinding[]): readonly Cause[] {
  const perElement = countBy(findings, elementKey)
  const groups = new Map<string, JudgedFinding[]>()
  for (const finding of findings) {
    const element = elementKey(finding)
    const key = finding.component !== null || (perElement.get(element) ?? 0) > 1 ? element : fileKey(finding)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()].flatMap(causeOf).sort((a, b) => b.blocking - a.blocking || b.findings.length - a.findings.length)
}

function causeOf(group: readonly JudgedFinding[]): Cause[] {
  const worst = group[0]
  if (worst === undefined) return []
  return [
    {
      api: worst.api,
      rule: worst.rule,
      component: worst.component,
      place: worst.place,
      findings: group.map((finding) => finding.fingerprint),
      blocking: group.filter((finding) => finding.blocking).length,
    },
  ]
}

function fileKey(finding: JudgedFinding): string {
  return `${finding.api}\n${finding.rule}\n${finding.place.file}`
}

function elementKey(finding: JudgedFinding): string {
  return `${fileKey(finding)}\n${finding.component ?? finding.place.pointer}`
}

function countBy(findings: readonly JudgedFinding[], keyOf: (finding: JudgedFinding) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1)
  return counts
}
