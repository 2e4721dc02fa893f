/** What a value gives away by its shape: password hashes, private keys and the key formats of well-known providers. Linear patterns only; nobody prints the value. */
import type { Sensitivity } from '../model/change.ts'

export interface ValueShape {
  /** What it is, for messages: `a bcrypt password hash`. */
  readonly name: string
  readonly sensitivity: Sensitivity
  /** Works by itself wherever it is presented, unlike a hash. */
  readonly usable: boolean
  readonly matches: RegExp
}

/** Values longer than this are looked at only at their beginning. */
const longestValue = 4_096

/** Sources: the providers' own documentation of their key formats; modular crypt format for the hashes. */
const shapes: readonly ValueShape[] = [
  { name: 'a bcrypt password hash', sensitivity: 'credential', usable: false, matches: /^\$2[abxy]?\$\d{2}\$[./A-Za-z0-9]{20}/ },
  { name: 'an Argon2 password hash', sensitivity: 'credential', usable: false, matches: /^\$argon2(?:id|i|d)\$/ },
  {
    name: 'a salted password hash',
    sensitivity: 'credential',
    usable: false,
    matches: /^(?:\$(?:1|5|6|y|7|scrypt|pbkdf2(?:-sha\d{1,3})?)\$[^\s$]{1,64}\$|pbkdf2_sha\d{1,3}\$)/,
  },
  { name: 'a one-time password secret', sensitivity: 'credential', usable: true, matches: /^otpauth:\/\/[ht]otp\// },
  {
    name: 'a private key',
    sensitivity: 'credential',
    usable: true,
    matches: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/,
  },
  { name: 'an AWS access key', sensitivity: 'credential', usable: true, matches: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/ },
  {
    name: 'a GitHub token',
    sensitivity: 'token',
    usable: true,
    matches: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40})/,
  },
  { name: 'a GitLab token', sensitivity: 'token', usable: true, matches: /\bglpat-[A-Za-z0-9_-]{20}/ },
  { name: 'a Stripe live key', sensitivity: 'credential', usable: true, matches: /\b(?:sk|rk)_live_[A-Za-z0-9]{16}/ },
  { name: 'a Stripe webhook secret', sensitivity: 'credential', usable: true, matches: /\bwhsec_[A-Za-z0-9]{24}/ },
  { name: 'a Slack token', sensitivity: 'token', usable: true, matches: /\bxox[abeoprs]-[A-Za-z0-9]{4,}-[A-Za-z0-9-]{8}/ },
  {
    name: 'a Slack webhook address',
    sensitivity: 'credential',
    usable: true,
    matches: /hooks\.slack\.com\/services\/T[A-Za-z0-9]{6,}\/B[A-Za-z0-9]{6,}\/[A-Za-z0-9]{16}/,
  },
  { name: 'a Google API key', sensitivity: 'credential', usable: true, matches: /\bAIza[A-Za-z0-9_-]{35}/ },
  { name: 'a Google OAuth token', sensitivity: 'token', usable: true, matches: /\bya29\.[A-Za-z0-9_-]{20}/ },
  { name: 'a SendGrid key', sensitivity: 'credential', usable: true, matches: /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32}/ },
  { name: 'an npm token', sensitivity: 'token', usable: true, matches: /\bnpm_[A-Za-z0-9]{36}/ },
  { name: 'a Twilio key', sensitivity: 'credential', usable: true, matches: /\bSK[0-9a-f]{32}\b/ },
  { name: 'an OpenAI key', sensitivity: 'credential', usable: true, matches: /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{40}/ },
  { name: 'an Anthropic key', sensitivity: 'credential', usable: true, matches: /\bsk-ant-[A-Za-z0-9_-]{24}/ },
  { name: 'a Shopify token', sensitivity: 'token', usable: true, matches: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/ },
  { name: 'a DigitalOcean token', sensitivity: 'token', usable: true, matches: /\bdo[opr]_v1_[0-9a-f]{64}/ },
  {
    name: 'a signed token (JWT)',
    sensitivity: 'token',
    usable: true,
    matches: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16}/,
  },
]

/** The first shape the text has, or null. */
export function shapeOf(text: string): ValueShape | null {
  const looked = text.slice(0, longestValue)
  return shapes.find((shape) => shape.matches.test(looked)) ?? null
}

/** Marks of a value made up for documentation. */
const madeUp =
  /example|sample|dummy|redacted|placeholder|changeme|your[_-]|insert|fake|secret_?here|x{4}|\*{3}|\.\.\.|…|<[^>]{1,60}>|\{\{|(?:01234|12345|23456|34567|45678|56789|abcde|bcdef){1}|abcabc|deadbeef|(.)\1{5}/i

/** Signatures and headers of the signed tokens that jwt.io, RFC 7515 and RFC 7519 print; everybody's example. */
const publishedTokens = [
  'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  'TJVA95OrM7E2cBab30RMHrHDcEfxjoYZgeFONFh7HgQ',
  'eyJzdWIiOiIxMjM0NTY3ODkw',
]

/** True for values that were plainly invented for the documentation, or that every manual prints. */
export function isMadeUp(text: string): boolean {
  const looked = text.slice(0, longestValue)
  return madeUp.test(looked) || publishedTokens.some((published) => looked.includes(published))
}
