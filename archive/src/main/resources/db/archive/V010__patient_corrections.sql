-- What persons said of patients: corrected attributes, and which patients are one. Stored bytes and
-- headers stay as received; studies show what is said here.

alter table patient
    -- the patient that this one is a double of
    add column merged_into        bigint references patient (id),
    -- what stands for what headers say; all null while nothing was said
    add column corrected_at       timestamptz,
    add column patient_name       varchar(1024),
    add column patient_name_key   text[],
    add column patient_birth_date date,
    add column patient_sex        varchar(16),
    add constraint patient_is_not_its_own_double check (merged_into <> id),
    add constraint patient_is_corrected_whole check (
        (corrected_at is null) = (patient_name is null)
        and (corrected_at is null) = (patient_name_key is null)
        and (corrected_at is null) = (patient_sex is null));

-- the doubles of a patient
create index patient_doubles on patient (merged_into) where merged_into is not null;

alter table study
    -- null while the study shows the patient of its headers
    add column corrected_at timestamptz;

-- The patient of a corrected study as its first header had it; there is no row for other studies.
create table study_as_received (
    study_ref          bigint primary key references study (id) on delete cascade,
    patient_ref        bigint        not null references patient (id),
    patient_name       varchar(1024) not null,
    patient_name_key   text[]        not null,
    patient_birth_date date,
    patient_sex        varchar(16)   not null
);
-- whether a patient row is still named
create index study_as_received_by_patient on study_as_received (patient_ref);

-- Follows the chain of doubles to the patient that stands for all of them.
create function standing_patient(of_patient bigint) returns bigint
  language sql stable as $$
  with recursive up as (
    select p.id, p.merged_into, 0 as depth from archive.patient p where p.id = of_patient
    union all
    select p.id, p.merged_into, up.depth + 1
    from up join archive.patient p on p.id = up.merged_into
    where up.depth < 1000)
  select id from up where merged_into is null
$$;

-- Who changed what of patients, when and why. Nothing is taken back here: undoing is a change too.
create table patient_change (
    id                bigint generated always as identity primary key,
    site_id           uuid          not null,
    kind              varchar(16)   not null check (kind in ('UPDATE', 'MERGE', 'UNDO')),
    -- the patient that stands afterwards
    patient_ref       bigint        not null,
    -- the double, or the number the patient had before; null if it kept its own
    other_patient_ref bigint,
    undoes            bigint references patient_change (id),
    actor             varchar(128)  not null check (actor <> ''),
    reason            varchar(1024) not null check (reason <> ''),
    -- the patient rows that changed, by their ids
    before            jsonb         not null,
    after             jsonb         not null,
    -- how many studies showed something else afterwards
    study_count       integer       not null,
    changed_at        timestamptz   not null,
    constraint patient_change_is_undone_once unique (undoes)
);
-- the history of a patient
create index patient_change_of_patient on patient_change (patient_ref, id);
create index patient_change_of_other on patient_change (other_patient_ref, id)
    where other_patient_ref is not null;

create function refuse_change_of_history() returns trigger language plpgsql as $$
begin
  raise exception 'archive.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger patient_change_is_append_only before update or delete on patient_change
  for each row execute function refuse_change_of_history();
create trigger patient_change_is_never_emptied before truncate on patient_change
  for each statement execute function refuse_change_of_history();
