-- Reports: a draft that is written over, and issues that never are.

create table reading.report_draft (
  case_id uuid primary key references reading.case_file (id),
  -- moves with every save; a save that is based on an older one is refused
  version bigint not null,
  sections jsonb not null,
  saved_by uuid not null references reading.person (id),
  saved_at timestamptz not null
);

-- A preliminary, a final, or an addendum to a final. The words under the signature are kept as they
-- were when it was made; the PDF is the one that was signed.
create table reading.report_issue (
  id uuid primary key,
  case_id uuid not null references reading.case_file (id),
  number int not null,
  kind text not null check (kind in ('PRELIMINARY', 'FINAL', 'ADDENDUM')),
  sections jsonb not null,
  -- the addendum's text
  text text not null,
  author_id uuid not null references reading.person (id),
  author_name text not null,
  author_credentials text not null,
  issued_at timestamptz not null,
  pdf bytea,
  pdf_sha256 bytea,
  report_series_uid varchar(64),
  structured_report_uid varchar(64),
  document_series_uid varchar(64),
  encapsulated_pdf_uid varchar(64),
  unique (case_id, number),
  check (kind = 'PRELIMINARY'
    or (pdf is not null and pdf_sha256 is not null and structured_report_uid is not null
        and report_series_uid is not null and document_series_uid is not null
        and encapsulated_pdf_uid is not null))
);
-- one final for a case, whoever signs at the same moment
create unique index report_issue_one_final on reading.report_issue (case_id) where kind = 'FINAL';

create trigger report_issue_is_append_only before update or delete on reading.report_issue
  for each row execute function reading.refuse_change_of_history();
create trigger report_issue_is_never_emptied before truncate on reading.report_issue
  for each statement execute function reading.refuse_change_of_history();

-- Signed issues on their way into the archive and to the receiver. A row is written with the
-- signature and ends as DONE; after too many attempts it is PARKED for a person to look at.
create table reading.publication (
  issue_id uuid primary key references reading.report_issue (id),
  state text not null default 'PENDING' check (state in ('PENDING', 'DONE', 'PARKED')),
  attempt int not null default 0,
  due_at timestamptz not null,
  claimed_until timestamptz,
  last_error_code text not null default '',
  done_at timestamptz
);
-- the next publication that is due
create index publication_due on reading.publication (due_at) where state = 'PENDING';

-- A signed issue in the inbox of its receiver: the referrer, or the clinic that asked itself.
create table reading.delivery (
  id uuid primary key,
  case_id uuid not null references reading.case_file (id),
  issue_id uuid not null unique references reading.report_issue (id),
  referrer_id uuid references reading.person (id),
  site_id uuid not null references reading.site (id),
  delivered_at timestamptz not null,
  read_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid references reading.person (id),
  comment text not null default ''
);
-- a referrer's inbox, newest first
create index delivery_of_referrer on reading.delivery (referrer_id, delivered_at desc, id desc)
  where referrer_id is not null;
-- a clinic's inbox, newest first
create index delivery_of_site on reading.delivery (site_id, delivered_at desc, id desc)
  where referrer_id is null;
-- the deliveries of a case
create index delivery_of_case on reading.delivery (case_id, delivered_at desc);
