-- The modality worklist: orders, their scheduled procedure steps, and what modalities say of them.

-- The right to ask for the worklist of the own site and to report performed procedure steps.
alter table reading.ae_title
    drop constraint if exists ae_title_rights_check,
    add constraint ae_title_rights_check
        check (array_to_string(rights, ',', '?') ~ '^([A-Z_]+(,[A-Z_]+)*)?$');

-- Dates of a worklist are those of the clinic; null is the hub's own zone.
alter table reading.site add column time_zone varchar(64);

create sequence reading.order_number_seq;

-- An order that came by HL7: one requested procedure.
create table reading.imaging_order (
  id uuid primary key,
  site_id uuid not null references reading.site (id),
  placer_order_number varchar(250) not null,
  filler_order_number varchar(250) not null,
  accession_number varchar(16) not null,
  -- minted once unless the order brought it
  study_instance_uid varchar(64) not null,
  requested_procedure_id varchar(16) not null,
  cancelled boolean not null default false,
  priority text not null,
  patient_family_name text not null,
  patient_given_name text not null,
  patient_id text not null,
  issuer_of_patient_id text not null,
  patient_birth_date date,
  patient_sex text not null check (patient_sex in ('', 'F', 'M', 'O')),
  question text not null,
  history text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
-- the order that a message is about
create unique index imaging_order_placer on reading.imaging_order (site_id, placer_order_number)
  where placer_order_number <> '';
create unique index imaging_order_filler on reading.imaging_order (site_id, filler_order_number)
  where filler_order_number <> '';

create table reading.scheduled_step (
  id uuid primary key,
  site_id uuid not null references reading.site (id),
  -- whose step it is: a case that expects an X-ray, or an order
  request_case_id uuid unique references reading.case_file (id),
  order_id uuid references reading.imaging_order (id),
  -- which of the order's steps
  step_key varchar(64) not null default '',
  -- the case of the study that arrived
  case_id uuid references reading.case_file (id),
  scheduled_procedure_step_id varchar(16) not null,
  accession_number varchar(16) not null,
  study_instance_uid varchar(64) not null,
  -- of the clinic's clock
  start_date date not null,
  start_time time not null,
  -- false: wanted as soon as may be, so due each day until it is done
  appointment boolean not null,
  withdrawn boolean not null default false,
  arrived_at timestamptz,
  state text not null check (state in ('SCHEDULED', 'STARTED', 'COMPLETED', 'CANCELLED')),
  -- the worklist item, DICOM JSON
  item jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((request_case_id is null) <> (order_id is null)),
  unique (order_id, step_key)
);
-- a modality's worklist, the earliest first
create index scheduled_step_open on reading.scheduled_step (site_id, start_date, start_time, id)
  where state in ('SCHEDULED', 'STARTED');
-- the step of a study that arrives, or that a performed step names
create index scheduled_step_study on reading.scheduled_step (site_id, study_instance_uid);
create index scheduled_step_accession on reading.scheduled_step (site_id, accession_number)
  where accession_number <> '';

-- Modality Performed Procedure Steps as they came, DICOM JSON.
create table reading.performed_step (
  sop_instance_uid varchar(64) primary key,
  site_id uuid not null references reading.site (id),
  ae_title varchar(16) not null,
  status text not null check (status in ('IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  attributes jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Which scheduled steps a performed one is for.
create table reading.performed_step_of (
  scheduled_step_id uuid not null references reading.scheduled_step (id),
  performed_step_uid varchar(64) not null references reading.performed_step (sop_instance_uid),
  primary key (scheduled_step_id, performed_step_uid)
);
create index performed_step_of_performed on reading.performed_step_of (performed_step_uid);

-- The series that a performed step made.
create table reading.performed_series (
  performed_step_uid varchar(64) not null references reading.performed_step (sop_instance_uid),
  series_instance_uid varchar(64) not null,
  instance_count int not null,
  primary key (performed_step_uid, series_instance_uid)
);
