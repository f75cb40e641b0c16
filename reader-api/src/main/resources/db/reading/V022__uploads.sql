-- Resumable uploads (tus 1.0.0). The offset that counts is the durable length of the file.
create table reading.upload (
  id uuid primary key,
  case_id uuid not null references reading.case_file (id),
  person_id uuid not null references reading.person (id),
  length_bytes bigint not null check (length_bytes >= 0),
  view text not null,
  -- as the sender called it; shown, never used as a path
  file_name text not null,
  -- SHA-256 the sender promised for the whole file, or empty
  digest text not null,
  -- ARRIVING, STORED (a photo of the case), REFUSED, GONE
  state text not null,
  refusal_code text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index upload_of_case on reading.upload (case_id);
create index upload_expired on reading.upload (expires_at) where state = 'ARRIVING';

-- The photos of a case; one series of the case's study.
create table reading.photo (
  id uuid primary key references reading.upload (id),
  case_id uuid not null references reading.case_file (id),
  instance_number int not null,
  study_instance_uid varchar(64) not null,
  series_instance_uid varchar(64) not null,
  sop_instance_uid varchar(64) not null unique,
  width int,
  height int,
  warnings text[] not null default '{}',
  stored_at timestamptz,
  unique (case_id, instance_number)
);

-- Stored instances that could not be put to a case; a person looks at them.
create table reading.parked_arrival (
  instance_id bigint primary key,
  study_id bigint not null,
  fault text not null,
  parked_at timestamptz not null
);
