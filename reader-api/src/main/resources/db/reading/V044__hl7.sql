-- HL7 v2 by MLLP: who may send for which site, what was applied, and what could not be.

create table reading.hl7_source (
  id uuid primary key,
  sending_application varchar(180) not null,
  -- '*' is any facility of this application
  sending_facility varchar(180) not null,
  site_id uuid not null references reading.site (id),
  -- of patient identifiers that come without an assigning authority
  issuer_of_patient_id varchar(64) not null default '',
  created_at timestamptz not null default now(),
  unique (sending_application, sending_facility)
);

-- Messages that were applied, so that one that comes again is answered and not applied again.
-- What they said is in the orders; here is only how to know them.
create table reading.hl7_message (
  source_id uuid not null references reading.hl7_source (id) on delete cascade,
  control_id varchar(199) not null,
  digest bytea not null,
  applied_at timestamptz not null,
  primary key (source_id, control_id, digest)
);
-- those old enough to forget
create index hl7_message_applied on reading.hl7_message (applied_at);

-- Messages that could not be applied, whole, until somebody retries or drops them.
create table reading.hl7_dead_letter (
  id bigint generated always as identity primary key,
  digest bytea not null,
  -- null once it is settled
  message bytea,
  byte_count int not null,
  peer text not null,
  source_id uuid references reading.hl7_source (id) on delete set null,
  control_id varchar(199) not null,
  reason_code text not null,
  reason text not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'APPLIED', 'DROPPED')),
  attempts int not null default 1,
  received_at timestamptz not null,
  updated_at timestamptz not null,
  check ((state = 'OPEN') = (message is not null))
);
-- the open ones, each message once
create unique index hl7_dead_letter_open on reading.hl7_dead_letter (digest) where state = 'OPEN';
