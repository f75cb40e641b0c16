-- Requests for storage commitment (DICOM PS3.4 Annex J) from their receipt until their outcome has
-- been told. A row is written before the request is answered; it ends as DONE, or after too many
-- attempts as PARKED for a person to look at.
create table reading.storage_commitment (
  id bigint generated always as identity primary key,
  site_id uuid not null references reading.site (id),
  ae_title varchar(16) not null,
  transaction_uid varchar(64) not null,
  -- what is asked for, in the order of the request
  sop_class_uids varchar(64)[] not null,
  sop_instance_uids varchar(64)[] not null,
  -- for each of them 0, or why there is no commitment; null until it was found out
  outcomes integer[],
  state text not null default 'PENDING' check (state in ('PENDING', 'DONE', 'PARKED')),
  attempt int not null default 0,
  due_at timestamptz not null,
  claimed_until timestamptz,
  last_error_code varchar(64) not null default '',
  requested_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  constraint storage_commitment_transaction unique (ae_title, transaction_uid),
  check (cardinality(sop_class_uids) = cardinality(sop_instance_uids)),
  check (outcomes is null or cardinality(outcomes) = cardinality(sop_instance_uids))
);
-- the next report that is due
create index storage_commitment_due on reading.storage_commitment (due_at)
  where state = 'PENDING';
-- what a person has to look at
create index storage_commitment_parked on reading.storage_commitment (id) where state = 'PARKED';
-- what is old enough to be forgotten
create index storage_commitment_done on reading.storage_commitment (done_at) where state = 'DONE';
