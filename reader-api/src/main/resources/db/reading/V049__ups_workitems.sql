-- Unified Procedure Steps (PS3.4 Annex CC): one for each time a case waits for a reader, and those
-- that external programs made.

create table reading.ups_workitem (
  id bigint generated always as identity primary key,
  uid varchar(64) not null unique,
  -- the case it stands for; null: made by a program
  case_id uuid references reading.case_file (id) on delete cascade,
  -- whose program made it; null: a coordinator's, or a case's
  site_id uuid references reading.site (id),
  state text not null check (state in ('SCHEDULED', 'IN PROGRESS', 'COMPLETED', 'CANCELED')),
  readiness text not null,
  -- the performer's lock; null while SCHEDULED and where the case was taken in the reading room
  transaction_uid varchar(64),
  performer_id uuid references reading.person (id),
  -- DICOM JSON without what stands in the columns and without input and output information
  dataset text not null,
  priority text not null,
  patient_id text not null,
  due_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  modified_at timestamptz not null default clock_timestamp(),
  -- when it became COMPLETED or CANCELED
  final_at timestamptz
);
create unique index ups_workitem_open on reading.ups_workitem (case_id)
  where state in ('SCHEDULED', 'IN PROGRESS');
create index ups_workitem_of_case on reading.ups_workitem (case_id);
create index ups_workitem_due on reading.ups_workitem (due_at, id);
create index ups_workitem_patient on reading.ups_workitem (patient_id) where patient_id <> '';
create index ups_workitem_final on reading.ups_workitem (final_at) where final_at is not null;

-- Who may see which workitem: those of cases as the cases; a program's own as its site's, and the
-- coordinators'.
create function reading.visible_workitem(viewer uuid) returns table (workitem_id bigint)
language sql stable as $$
  select w.id
  from reading.visible_case(viewer) v
  join reading.ups_workitem w on w.case_id = v.case_id
  union all
  select w.id
  from reading.person p
  join reading.ups_workitem w on w.case_id is null
    and (p.role = 'COORDINATOR' or (p.role = 'CLINIC' and w.site_id = p.site_id))
  where p.id = viewer and p.active
$$;
