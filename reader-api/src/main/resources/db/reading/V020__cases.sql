-- Cases: an append-only history and a projection of it that queries and locks use.

create sequence reading.case_number_seq;

create table reading.case_file (
  id uuid primary key,
  number text not null unique,
  site_id uuid not null references reading.site (id),
  specialty text not null,
  state text not null,
  urgency text not null,
  -- moves with every change a concurrent command must notice
  version bigint not null,
  -- number of rows in case_event
  event_count bigint not null,

  patient_family_name text not null,
  patient_given_name text not null,
  patient_id text not null,
  issuer_of_patient_id text not null,
  patient_birth_date date,
  patient_sex text not null check (patient_sex in ('', 'F', 'M', 'O')),

  -- false while a study that came without a request has none
  has_request boolean not null,
  body_part text not null,
  laterality text,
  question text not null,
  history text not null,
  referrer_id uuid references reading.person (id),
  accession_number text not null,
  expects_xray boolean not null,

  modality text not null,
  photo_count int not null default 0,
  image_count int not null default 0,
  mismatch text[] not null default '{}',
  -- while pictures arrive without a manifest: when the quiet period will have passed
  quiet_until timestamptz,

  clock_started_at timestamptz,
  clock_paused_at timestamptz,
  clock_paused_millis bigint not null default 0,
  deadline_at timestamptz,

  -- who holds the case or read it last; null while nobody does
  reader_id uuid references reading.person (id),
  claimed_until timestamptz,

  created_at timestamptz not null,
  updated_at timestamptz not null,

  constraint waiting_case_is_held_by_nobody check (state <> 'WAITING' or reader_id is null),
  constraint claimed_case_is_held check (state <> 'CLAIMED' or (reader_id is not null and claimed_until is not null))
);

-- the clinic's list, newest first
create index case_file_of_site on reading.case_file (site_id, created_at desc, id desc);
-- the coordinator's list, newest first
create index case_file_newest on reading.case_file (created_at desc, id desc);
-- claim-next and the worklist, by deadline
create index case_file_waiting on reading.case_file (specialty, deadline_at, id) where state = 'WAITING';
-- the reader's own cases
create index case_file_of_reader on reading.case_file (reader_id) where reader_id is not null;
-- the referrer's cases
create index case_file_of_referrer on reading.case_file (referrer_id) where referrer_id is not null;
-- leases that ran out
create index case_file_lease on reading.case_file (claimed_until) where state = 'CLAIMED';
-- quiet periods that have passed
create index case_file_quiet on reading.case_file (quiet_until) where state in ('SUBMITTED', 'RECEIVING');
-- matching an arriving study
create index case_file_accession on reading.case_file (site_id, accession_number) where accession_number <> '';
create index case_file_patient on reading.case_file (site_id, patient_id) where patient_id <> '';

create table reading.case_event (
  id bigint generated always as identity primary key,
  case_id uuid not null references reading.case_file (id),
  sequence bigint not null,
  kind text not null,
  state text not null,
  version bigint not null,
  at timestamptz not null,
  -- null: the hub itself
  person_id uuid references reading.person (id),
  text text not null,
  detail jsonb not null,
  unique (case_id, sequence)
);

create function reading.refuse_change_of_history() returns trigger language plpgsql as $$
begin
  raise exception 'reading.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger case_event_is_append_only before update or delete on reading.case_event
  for each row execute function reading.refuse_change_of_history();
create trigger case_event_is_never_emptied before truncate on reading.case_event
  for each statement execute function reading.refuse_change_of_history();

-- Every process hears of a change when it is committed.
create function reading.tell_case_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('heliograph_case', new.case_id || ' ' || new.version);
  return null;
end $$;

create trigger case_event_is_told after insert on reading.case_event
  for each row execute function reading.tell_case_changed();

-- Which studies a case is about; a study is never about two cases.
create table reading.case_study (
  study_instance_uid varchar(64) primary key,
  case_id uuid not null references reading.case_file (id),
  -- 'PHOTO' made by us for the case's photos, 'SENT' by a modality
  origin text not null,
  -- the archive's own id of the study, once it has one
  archive_study_id bigint,
  linked_at timestamptz not null,
  -- the patient as the image header has it
  header_name text not null default '',
  header_patient_id text not null default '',
  header_issuer_of_patient_id text not null default '',
  header_birth_date date,
  header_sex text not null default ''
);
create index case_study_of_case on reading.case_study (case_id);
