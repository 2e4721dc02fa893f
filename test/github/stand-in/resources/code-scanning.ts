/** Uploads to code scanning: accepted where it is switched on, refused as GitHub does where it is not. */
import { gunzipSync } from 'node:zlib'
import { repositoryOf, stringOr, type Routes } from '../context.ts'
import { forbidden, unprocessable } from '../errors.ts'
import { apiUrlOf } from '../present/repositories.ts'
import { changed, nextId } from '../state.ts'

/** REST, "Upload an analysis as SARIF data": at most 10 MB, gzipped. */
const maximumBytes = 10 * 1_048_576

export const codeScanningRoutes: Routes = {
  'code-scanning/upload-sarif': (context) => {
    const { world, body } = context
    const repository = repositoryOf(context)
    if (!repository.codeScanning) throw forbidden('Code Security must be enabled for this repository to use code scanning.')
    const packed = Buffer.from(stringOr(body['sarif'], ''), 'base64')
    if (packed.length > maximumBytes) throw unprocessable('The SARIF file is too large.')
    const id = `sarif-${nextId(world)}`
    const sarif: unknown = JSON.parse(gunzipSync(packed).toString('utf8'))
    world.sarifs.push({ id, repository, ref: stringOr(body['ref'], ''), commit: stringOr(body['commit_sha'], ''), sarif })
    changed(world)
    return { status: 202, body: { id, url: `${apiUrlOf(world, repository)}/code-scanning/sarifs/${id}` } }
  },
}
