-- When a backup of this hub was taken, and when one was last proved to restore.
create table reading.backup_run (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('BACKUP', 'REHEARSAL')),
  -- the name of the generation; our own, a time and a random part
  generation text not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  passed boolean not null,
  detail text not null
);
-- the newest of each kind
create index backup_run_newest on reading.backup_run (kind, id desc);
