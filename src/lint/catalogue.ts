/** Every security rule, in the order in which rule pages are listed. */
import type { LintRule } from './rule.ts'
import { activeContentResponse } from './rules/active-content-response.ts'
import { adminSameScope } from './rules/admin-same-scope.ts'
import { adminUnprotected } from './rules/admin-unprotected.ts'
import { basicOverHttp } from './rules/basic-over-http.ts'
import { bolaOwnerFromClient } from './rules/bola-owner-from-client.ts'
import { bolaSequentialId } from './rules/bola-sequential-id.ts'
import { commandInput } from './rules/command-input.ts'
import { cookieAuthCsrf } from './rules/cookie-auth-csrf.ts'
import { corsWildcard } from './rules/cors-wildcard.ts'
import { credentialInUrl } from './rules/credential-in-url.ts'
import { credentialParameter } from './rules/credential-parameter.ts'
import { deprecatedNoSunset } from './rules/deprecated-no-sunset.ts'
import { discoveryIncomplete } from './rules/discovery-incomplete.ts'
import { discoveryInsecure } from './rules/discovery-insecure.ts'
import { discoveryMismatch } from './rules/discovery-mismatch.ts'
import { discoveryPkce } from './rules/discovery-pkce.ts'
import { discoveryUnsupported } from './rules/discovery-unsupported.ts'
import { discoveryWeak } from './rules/discovery-weak.ts'
import { errorLeak } from './rules/error-leak.ts'
import { errorShape } from './rules/error-shape.ts'
import { exampleSecret } from './rules/example-secret.ts'
import { exceptionAdded } from './rules/exception-added.ts'
import { exceptionExpired } from './rules/exception-expired.ts'
import { exceptionIncomplete } from './rules/exception-incomplete.ts'
import { filePathInput } from './rules/file-path-input.ts'
import { jwtDeclared } from './rules/jwt-declared.ts'
import { listUnpaginated } from './rules/list-unpaginated.ts'
import { massAssignment } from './rules/mass-assignment.ts'
import { oauthImplicit } from './rules/oauth-implicit.ts'
import { oauthPassword } from './rules/oauth-password.ts'
import { oauthScopeBroad } from './rules/oauth-scope-broad.ts'
import { oauthScopeVerb } from './rules/oauth-scope-verb.ts'
import { oauthScopesEmpty } from './rules/oauth-scopes-empty.ts'
import { oauthUrlHttps } from './rules/oauth-url-https.ts'
import { oldVersionBesideNew } from './rules/old-version-beside-new.ts'
import { oneTimeCodeShort } from './rules/one-time-code-short.ts'
import { operationUnprotected } from './rules/operation-unprotected.ts'
import { ownerMissing } from './rules/owner-missing.ts'
import { pageSizeUnbounded } from './rules/page-size-unbounded.ts'
import { patternRedos } from './rules/pattern-redos.ts'
import { ratelimitHeaders } from './rules/ratelimit-headers.ts'
import { redirectInput } from './rules/redirect-input.ts'
import { requestArrayBound } from './rules/request-array-bound.ts'
import { requestIntegerBound } from './rules/request-integer-bound.ts'
import { requestObjectOpen } from './rules/request-object-open.ts'
import { requestStringBound } from './rules/request-string-bound.ts'
import { requirementUndefined } from './rules/requirement-undefined.ts'
import { response401 } from './rules/response-401.ts'
import { response403 } from './rules/response-403.ts'
import { response429 } from './rules/response-429.ts'
import { responsePii } from './rules/response-pii.ts'
import { responseSecret } from './rules/response-secret.ts'
import { responseUserObjectInPublic } from './rules/response-user-object-in-public.ts'
import { serverHttps } from './rules/server-https.ts'
import { serverInternal } from './rules/server-internal.ts'
import { ssrfUrlInput } from './rules/ssrf-url-input.ts'
import { traceMethod } from './rules/trace-method.ts'
import { unsafeMarkdown } from './rules/unsafe-markdown.ts'
import { uploadUnbounded } from './rules/upload-unbounded.ts'
import { webhookUnsigned } from './rules/webhook-unsigned.ts'
import { writeByGet } from './rules/write-by-get.ts'

/** The rules; their metadata are what rule pages, rulesets and SARIF are made of. */
export const lintRules: readonly LintRule[] = [
  responseSecret,
  responsePii,
  responseUserObjectInPublic,
  operationUnprotected,
  adminUnprotected,
  adminSameScope,
  oauthImplicit,
  oauthPassword,
  oauthUrlHttps,
  oauthScopesEmpty,
  oauthScopeBroad,
  oauthScopeVerb,
  requirementUndefined,
  discoveryMismatch,
  discoveryInsecure,
  discoveryWeak,
  discoveryPkce,
  discoveryUnsupported,
  discoveryIncomplete,
  jwtDeclared,
  credentialInUrl,
  credentialParameter,
  oneTimeCodeShort,
  basicOverHttp,
  cookieAuthCsrf,
  response401,
  response403,
  response429,
  ratelimitHeaders,
  requestStringBound,
  requestArrayBound,
  requestIntegerBound,
  requestObjectOpen,
  pageSizeUnbounded,
  massAssignment,
  bolaSequentialId,
  bolaOwnerFromClient,
  serverHttps,
  serverInternal,
  ownerMissing,
  errorShape,
  errorLeak,
  activeContentResponse,
  ssrfUrlInput,
  commandInput,
  filePathInput,
  redirectInput,
  corsWildcard,
  exampleSecret,
  unsafeMarkdown,
  patternRedos,
  uploadUnbounded,
  listUnpaginated,
  traceMethod,
  writeByGet,
  deprecatedNoSunset,
  oldVersionBesideNew,
  webhookUnsigned,
  exceptionAdded,
  exceptionExpired,
  exceptionIncomplete,
]
