/** Whether a text names a rule. Rules of other producers (changes, team rulesets) are known by the shape of their names only. */

/** Kebab-case words, with a prefix such as `owasp:api3:2023-` at most. */
export function isRuleName(text: string): boolean {
  return /^[a-z0-9][a-z0-9:._-]{2,100}$/i.test(text)
}
