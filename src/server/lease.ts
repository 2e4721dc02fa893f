/**
 * One job of a key at a time, over all replicas. A lease is a row that names the job which holds the key, and is worth nothing once that
 * job is not active any more, so that nobody has to wait for a dead worker longer than pg-boss does.
 */
import type { Store } from './store.ts'

/** True when the job may go on; false while another active job holds the key. */
export async function takeLease({ sql }: Pick<Store, 'sql'>, key: string, job: string): Promise<boolean> {
  const rows = await sql(
    `insert into specgate.lease (key, job) values ($1, $2::uuid)
     on conflict (key) do update set job = excluded.job
     where lease.job = excluded.job
        or not exists (select 1 from specgate.job active where active.id = lease.job and active.state = 'active')
     returning key`,
    [key, job],
  )
  return rows.length > 0
}

/** Gives the key free, and pulls forward the job that waited for it, if any. Nothing happens for a job that does not hold it. */
export async function releaseLease({ sql }: Pick<Store, 'sql'>, key: string, job: string): Promise<void> {
  const held = await sql(`delete from specgate.lease where key = $1 and job = $2::uuid returning key`, [key, job])
  if (held.length === 0) return
  await pullForward({ sql }, key)
}

/**
 * Lets the job that waits for the key start, if the key is free. To be asked after a job was put back to wait, too: the key may have
 * become free in that moment.
 */
export async function pullForward({ sql }: Pick<Store, 'sql'>, key: string): Promise<void> {
  await sql(
    `update specgate.job set start_after = now()
     where singleton_key = $1 and state = 'created' and (data ->> 'waitsForKey') = 'true'
       and not exists (select 1 from specgate.lease join specgate.job holder on holder.id = lease.job and holder.state = 'active' where lease.key = $1)`,
    [key],
  )
}
