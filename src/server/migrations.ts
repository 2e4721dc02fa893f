/**
 * The tables of the app beside pg-boss's own, as numbered steps that are taken once each. Steps only add: during a rolling upgrade the
 * version before still works on the same database.
 */

/** Any number that nothing else locks by; replicas that start at once take the steps one after the other. */
const lockNumber = 7_283_746_501

/** Takes the steps that this database has not taken yet. Safe to call from several processes at once. */
export async function migrate(sql: (statement: string) => Promise<unknown>): Promise<void> {
  await sql(guarded(`create table if not exists specgate.migration (number integer primary key, at timestamptz not null default now());`))
  for (const [index, step] of steps.entries()) {
    const number = index + 1
    await sql(
      guarded(`if not exists (select 1 from specgate.migration m where m.number = ${number}) then
        ${step}
        insert into specgate.migration (number) values (${number});
      end if;`),
    )
  }
}

/** One statement, so that both stores run it in a transaction of its own, under a lock that ends with it. */
function guarded(statements: string): string {
  return `do $step$ begin perform pg_advisory_xact_lock(${lockNumber}); ${statements} end $step$`
}

const steps: readonly string[] = [
  // 1: jobs' surroundings. `if not exists`, because databases from before the steps were counted have these tables.
  `create table if not exists specgate.unfinished_run (
     repository_id bigint not null, check_run_id bigint not null, installation_id bigint not null, owner text not null, repository text not null,
     key text not null, number integer, head text not null, name text not null, since timestamptz not null default now(),
     primary key (repository_id, check_run_id));
   create index if not exists unfinished_run_key on specgate.unfinished_run (key);
   create table if not exists specgate.push (
     repository_id bigint not null, head text not null, user_id bigint not null, login text not null, bot boolean not null,
     at timestamptz not null default now(), primary key (repository_id, head));
   create table if not exists specgate.lease (key text primary key, job uuid not null);
   create table if not exists specgate.mark (name text primary key, value text not null, at timestamptz not null default now());`,
  // 2: the ledger of decisions. The database itself refuses what would rewrite it; only what a retention entry names may be deleted.
  `create table specgate.decision (
     sequence bigint primary key, previous text not null unique, hash text not null unique, subject text not null,
     at timestamptz not null, through bigint, body text not null);
   create index decision_subject on specgate.decision (subject, sequence desc);
   create index decision_through on specgate.decision (through) where through is not null;
   create function specgate.keep_decisions() returns trigger language plpgsql as $body$
   begin
     if tg_op = 'DELETE' then
       if exists (select 1 from specgate.decision kept where kept.through >= old.sequence and kept.sequence > old.sequence) then return old; end if;
     end if;
     raise exception 'The ledger of decisions is append-only.';
   end $body$;
   create trigger keep_each before update or delete on specgate.decision for each row execute function specgate.keep_decisions();
   create trigger keep_all before truncate on specgate.decision for each statement execute function specgate.keep_decisions();`,
]
