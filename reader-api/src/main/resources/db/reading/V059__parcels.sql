-- What gateways announce and send. A parcel's id is ours; parcel_uuid is the gateway's word for it.
create table reading.parcel (
  id uuid primary key,
  gateway_id uuid not null references reading.gateway (id),
  site_id uuid not null references reading.site (id),
  parcel_uuid uuid not null,
  manifest_digest bytea not null,
  urgency text not null check (urgency in ('EMERGENCY', 'URGENT', 'ROUTINE')),
  total_bytes bigint not null,
  object_count int not null,
  declared_at timestamptz not null default clock_timestamp(),
  -- its studies are put to cases
  bound_at timestamptz,
  previews_at timestamptz,
  -- every object has a receipt
  completed_at timestamptz,
  -- a person let the cases go on without it
  released_at timestamptz,
  released_by uuid references reading.person (id),
  release_reason text not null default '',
  unique (gateway_id, parcel_uuid)
);
create index parcel_open on reading.parcel (gateway_id, declared_at) where completed_at is null;

-- The studies of a parcel, with their headers as the manifest has them. The case is not yet one of
-- case_study: only what the archive has stored for the site makes a study visible.
create table reading.parcel_study (
  parcel_id uuid not null references reading.parcel (id),
  study_instance_uid varchar(64) not null,
  position int not null,
  header jsonb not null,
  case_id uuid references reading.case_file (id),
  primary key (parcel_id, study_instance_uid)
);
-- what is under way for a case
create index parcel_study_of_case on reading.parcel_study (case_id) where case_id is not null;
-- which case a study was announced for
create index parcel_study_uid on reading.parcel_study (study_instance_uid);

-- Resumable uploads. Bytes up to verified_bytes are durable and were under a right checksum.
create table reading.parcel_part (
  parcel_id uuid not null references reading.parcel (id),
  number int not null,
  kind text not null check (kind in ('PREVIEWS', 'INSTANCE', 'BUNDLE', 'DOCUMENT')),
  content_encoding text not null check (content_encoding in ('identity', 'gzip')),
  length_bytes bigint not null check (length_bytes > 0),
  digest bytea not null,
  file_id uuid not null unique,
  -- the hub process whose data folder has the file; null before the first byte
  keeper uuid,
  verified_bytes bigint not null default 0,
  touched_at timestamptz,
  -- ARRIVING, WHOLE (waits to be unpacked), DONE, PARKED (a person must look)
  state text not null default 'ARRIVING' check (state in ('ARRIVING', 'WHOLE', 'DONE', 'PARKED')),
  attempt int not null default 0,
  due_at timestamptz,
  claimed_until timestamptz,
  last_error_code text not null default '',
  -- there is a file to remove when the part is done
  has_file boolean not null default false,
  primary key (parcel_id, number)
);
-- the next part to unpack
create index parcel_part_due on reading.parcel_part (due_at) where state = 'WHOLE';
-- files to remove, and parts that nobody continues
create index parcel_part_file on reading.parcel_part (keeper, state) where has_file;

-- Whose turn it is when several sites wait: the one that waited longest.
create table reading.parcel_turn (
  site_id uuid primary key references reading.site (id),
  taken_at timestamptz not null
);

-- The images and documents of a parcel, and what became of each.
create table reading.parcel_object (
  parcel_id uuid not null references reading.parcel (id),
  position int not null,
  -- SOP Instance UID, or the gateway's id of a document
  object varchar(64) not null,
  part_number int not null,
  study_instance_uid varchar(64) not null,
  series_instance_uid varchar(64) not null,
  sop_instance_uid varchar(64) not null,
  -- empty for documents
  sop_class_uid varchar(64) not null,
  calling_ae varchar(16) not null,
  size_bytes bigint not null,
  digest bytea not null,
  received_digest bytea not null,
  rows int,
  columns int,
  number_of_frames int not null,
  has_preview boolean not null,
  -- of documents; empty for instances
  media_type text not null,
  view text not null,
  title text not null,
  instance_number int not null,
  outcome text check (outcome in ('STORED', 'QUARANTINED', 'REFUSED')),
  code text not null default '',
  stored_at timestamptz,
  primary key (parcel_id, object),
  unique (parcel_id, position)
);
create index parcel_object_of_part on reading.parcel_object (parcel_id, part_number);
-- the same instance in an earlier parcel
create index parcel_object_uid on reading.parcel_object (sop_instance_uid);

create table reading.parcel_preview (
  parcel_id uuid not null references reading.parcel (id),
  object varchar(64) not null,
  jpeg bytea not null,
  primary key (parcel_id, object)
);
