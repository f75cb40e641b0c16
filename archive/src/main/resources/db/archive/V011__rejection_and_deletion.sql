-- Instances that are hidden by reject notes (IHE RAD IOCM), and what becomes of them.

-- A reject note: a Key Object Selection whose title says why its references are rejected.
create table rejection (
    id                    bigint generated always as identity primary key,
    site_id               uuid          not null,
    study_instance_uid    varchar(64)   not null,
    note_sop_instance_uid varchar(64)   not null,
    code                  varchar(16)   not null
        check (code in ('113001', '113037', '113038', '113039')),
    origin                varchar(64)   not null,
    observer              varchar(128)  not null,
    reason                varchar(1024) not null,
    -- false: the site goes on showing what was rejected for its quality
    hides                 boolean       not null,
    received_at           timestamptz   not null,
    withdrawn_at          timestamptz,
    withdrawn_by          varchar(128),
    withdrawn_reason      varchar(1024),
    -- a note that is sent again is the same note
    constraint rejection_once unique (note_sop_instance_uid)
);
create index rejection_of_study on rejection (study_instance_uid, id);
create index rejection_newest on rejection (received_at);

-- What a note names, also before it has arrived.
create table rejected_reference (
    rejection_ref      bigint      not null references rejection (id) on delete cascade,
    study_instance_uid varchar(64) not null,
    sop_instance_uid   varchar(64) not null,
    primary key (rejection_ref, sop_instance_uid)
);
-- ingest: whether an arriving instance was rejected before
create index rejected_reference_by_instance on rejected_reference (sop_instance_uid);

-- Hidden instances. They are apart from archive.instance, so that nothing finds them there; the
-- row is kept whole and goes back when the rejection is withdrawn.
create table rejected_instance (
    id                  bigint primary key,
    study_ref           bigint      not null references study (id),
    series_ref          bigint      not null references series (id),
    rejection_ref       bigint      not null references rejection (id),
    sop_instance_uid    varchar(64) not null,
    series_instance_uid varchar(64) not null,
    digest              bytea       not null check (octet_length(digest) = 32),
    blob_key            uuid        not null,
    blob_bytes          bigint      not null,
    dataset_offset      integer     not null,
    instance_row        jsonb       not null,
    frame_row           jsonb,
    dicom_json          bytea       not null,
    -- whether the reading side has heard of it
    told                boolean     not null,
    hidden_at           timestamptz not null,
    constraint rejected_instance_once unique (sop_instance_uid),
    constraint rejected_blob_key_once unique (blob_key)
);
alter table rejected_instance alter column dicom_json set storage external;
create index rejected_instance_of_rejection on rejected_instance (rejection_ref, id);
create index rejected_instance_of_study on rejected_instance (study_ref);

-- A photo's original goes with its photo.
alter table kept_blob add column rejected_ref bigint references rejected_instance (id);
create index kept_blob_of_instance on kept_blob (instance_ref) where instance_ref is not null;
create index kept_blob_of_rejected on kept_blob (rejected_ref) where rejected_ref is not null;

-- A study with nothing in sight, or with nothing but reject notes, is not listed. No index has these
-- columns: counts change with each arrival, and an index on them would have to change along.
alter table study
    add column note_count integer not null default 0,
    add column listed boolean not null
        generated always as (instance_count > note_count) stored;

-- What a person or a rule wants rejected; the hub makes the note.
create table reject_order (
    id                    bigint generated always as identity primary key,
    site_id               uuid          not null,
    study_instance_uid    varchar(64)   not null,
    series_instance_uid   varchar(64),
    sop_instance_uid      varchar(64),
    code                  varchar(16)   not null,
    actor                 varchar(128)  not null check (actor <> ''),
    reason                varchar(1024) not null check (reason <> ''),
    keep_reports          boolean       not null,
    -- null: hidden only; else removed so long afterwards
    remove_after_days     integer check (remove_after_days >= 0),
    note_sop_instance_uid varchar(64)   not null unique,
    ordered_at            timestamptz   not null,
    state                 varchar(16)   not null
        check (state in ('WAITING', 'DONE', 'NOTHING', 'FAILED')),
    attempts              integer       not null default 0,
    claimed_until         timestamptz,
    fault                 varchar(64)   not null default '',
    ended_at              timestamptz
);
create index reject_order_waiting on reject_order (id) where state = 'WAITING';
create index reject_order_of_study on reject_order (study_instance_uid, id);

-- Rejections whose instances are to be removed for good.
create table deletion (
    id             bigint generated always as identity primary key,
    rejection_ref  bigint       not null unique references rejection (id),
    site_id        uuid         not null,
    actor          varchar(128) not null,
    due_at         timestamptz  not null,
    state          varchar(16)  not null
        check (state in ('WAITING', 'DONE', 'CANCELLED')),
    attempts       integer      not null default 0,
    claimed_until  timestamptz,
    -- HELD while a legal hold forbids it
    fault          varchar(64)  not null default '',
    instance_count bigint       not null default 0,
    byte_count     bigint       not null default 0,
    ended_at       timestamptz
);
create index deletion_waiting on deletion (due_at, id) where state = 'WAITING';

-- What was here once: UIDs and nothing else.
create table tombstone (
    sop_instance_uid    varchar(64) primary key,
    series_instance_uid varchar(64) not null,
    study_instance_uid  varchar(64) not null,
    site_id             uuid        not null,
    code                varchar(16) not null,
    -- whether the same instance is taken again
    accepted_again      boolean     not null,
    deleted_at          timestamptz not null
);
create index tombstone_of_study on tombstone (study_instance_uid);

-- Blobs that no row names any more.
create table blob_removal (
    blob_key      uuid primary key,
    wanted_at     timestamptz not null,
    claimed_until timestamptz
);

-- What must not be removed, whatever rules and persons say.
create table legal_hold (
    id                 bigint generated always as identity primary key,
    site_id            uuid          not null,
    scope              varchar(16)   not null check (scope in ('STUDY', 'PATIENT', 'CASE')),
    study_instance_uid varchar(64),
    patient_ref        bigint,
    case_id            uuid,
    actor              varchar(128)  not null check (actor <> ''),
    reason             varchar(1024) not null check (reason <> ''),
    placed_at          timestamptz   not null,
    released_at        timestamptz,
    released_by        varchar(128),
    released_reason    varchar(1024),
    check ((scope = 'STUDY') = (study_instance_uid is not null)
      and (scope = 'PATIENT') = (patient_ref is not null)
      and (scope = 'CASE') = (case_id is not null))
);
create index legal_hold_of_study on legal_hold (study_instance_uid) where released_at is null;
create index legal_hold_open on legal_hold (id) where released_at is null;

-- How long studies are kept. Of several rules for a study the longest counts; without one it stays.
create table retention_rule (
    id           bigint generated always as identity primary key,
    -- null: any
    site_id      uuid,
    specialty    varchar(32),
    modality     varchar(16),
    keep_years   integer      not null check (keep_years between 1 and 200),
    counted_from varchar(16)  not null check (counted_from in ('STUDY_DATE', 'LAST_USE')),
    -- studies of minors are kept at least until this age
    until_age    integer check (until_age between 1 and 200),
    keep_reports boolean      not null,
    -- days between hiding and removal
    grace_days   integer      not null check (grace_days between 0 and 36500),
    actor        varchar(128) not null,
    set_at       timestamptz  not null,
    constraint retention_rule_once unique nulls not distinct (site_id, specialty, modality)
);

-- Choices of a site; a site without a row has the first of each.
create table site_policy (
    site_id uuid primary key,
    quality varchar(16) not null default 'HIDDEN' check (quality in ('HIDDEN', 'SHOWN'))
);
