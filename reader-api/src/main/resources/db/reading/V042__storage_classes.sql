-- SOP classes that the Storage SCP takes beside the Storage SOP Classes of the standard.
create table reading.storage_class (
  sop_class_uid varchar(64) primary key check (sop_class_uid ~ '^[0-9]+(\.[0-9]+)+$'),
  name varchar(64) not null default '',
  added_at timestamptz not null default clock_timestamp()
);
