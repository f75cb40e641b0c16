-- The catalog of what the blob store holds. Text columns carry values that were normalised at
-- ingest (no NUL, no control characters, bounded length); the bytes as received are in the blob.

create table patient (
    id                   bigint generated always as identity primary key,
    site_id              uuid         not null,
    patient_id           varchar(64)  not null,
    issuer_of_patient_id varchar(64)  not null,
    created_at           timestamptz  not null
);

-- ingest: the patient of an arriving study. Patient ID is type 2: two studies without one are two
-- patients until a person says otherwise.
create unique index patient_by_identity on patient (site_id, issuer_of_patient_id, patient_id)
    where patient_id <> '';

create table study (
    id                       bigint generated always as identity primary key,
    study_instance_uid       varchar(64)   not null,
    site_id                  uuid          not null,
    patient_ref              bigint        not null references patient (id),
    patient_name             varchar(1024) not null,
    -- folded component groups, for matching without regard to case
    patient_name_key         text[]        not null,
    patient_birth_date       date,
    patient_sex              varchar(16)   not null,
    study_date               date,
    study_time               varchar(16)   not null,
    accession_number         varchar(64)   not null,
    study_id                 varchar(64)   not null,
    study_description        varchar(256)  not null,
    referring_physician_name varchar(1024) not null,
    referring_physician_key  text[]        not null,
    timezone_offset_from_utc varchar(16)   not null,
    created_at               timestamptz   not null,
    -- ingest, and every request by Study Instance UID
    constraint study_instance_uid_once unique (study_instance_uid)
);

-- QIDO: studies of a patient
create index study_by_patient on study (patient_ref);
-- QIDO and the matching of requests: studies by accession number
create index study_by_accession_number on study (accession_number) where accession_number <> '';
-- QIDO: studies of a range of dates
create index study_by_date on study (study_date);

create table series (
    id                                  bigint generated always as identity primary key,
    study_ref                           bigint       not null references study (id),
    series_instance_uid                 varchar(64)  not null,
    modality                            varchar(16)  not null,
    series_number                       integer,
    series_description                  varchar(256) not null,
    body_part_examined                  varchar(64)  not null,
    laterality                          varchar(16)  not null,
    performed_procedure_step_start_date date,
    performed_procedure_step_start_time varchar(16)  not null,
    created_at                          timestamptz  not null,
    -- ingest, and the series of a study
    constraint series_instance_uid_once unique (study_ref, series_instance_uid)
);

-- QIDO: series by their UID alone
create index series_by_uid on series (series_instance_uid);

create table instance (
    id                  bigint generated always as identity primary key,
    study_ref           bigint      not null references study (id),
    series_ref          bigint      not null references series (id),
    sop_instance_uid    varchar(64) not null,
    sop_class_uid       varchar(64) not null,
    transfer_syntax_uid varchar(64) not null,
    instance_number     integer,
    rows                integer,
    columns             integer,
    bits_allocated      integer,
    number_of_frames    integer     not null,
    -- SHA-256 of the data set as received, without group 0002
    digest              bytea       not null check (octet_length(digest) = 32),
    blob_key            uuid        not null,
    blob_bytes          bigint      not null,
    -- where the data set begins in the blob, after the file meta information
    dataset_offset      integer     not null,
    origin              varchar(64) not null,
    received_at         timestamptz not null,
    -- the last word on "stored once"
    constraint sop_instance_uid_once unique (sop_instance_uid),
    -- the sweeper's question whether a blob is referenced
    constraint instance_blob_key_once unique (blob_key)
);

-- the instances of a series in their order
create index instance_by_series on instance (series_ref, instance_number, id);
-- counts of a study, and whole-study retrieval
create index instance_by_study on instance (study_ref, id);

-- The header as DICOM JSON, deflated, apart from the row so that listings stay narrow.
create table instance_header (
    instance_ref bigint primary key references instance (id),
    dicom_json   bytea not null
);
alter table instance_header alter column dicom_json set storage external;

-- Where frames lie, counted from the first byte of the data set (of the inflated data set for the
-- deflated syntax). Native: frame n begins native_offset * 8 + n * native_frame_bits bits in.
-- Encapsulated: fragments in order; frame_fragments tells how many belong to each frame and is null
-- when it is one each.
create table frame_index (
    instance_ref      bigint primary key references instance (id),
    native_offset     bigint,
    native_frame_bits bigint,
    fragment_offsets  bigint[],
    fragment_lengths  bigint[],
    frame_fragments   integer[],
    check ((native_offset is null) <> (fragment_offsets is null))
);

-- What the reading side has not been told yet; deleted in the transaction that hears it.
create table outbox (
    id           bigint generated always as identity primary key,
    instance_ref bigint      not null references instance (id),
    created_at   timestamptz not null
);

-- Instances that were received but not taken into the catalog. Nothing is deleted here by itself.
create table quarantine (
    id                  bigint generated always as identity primary key,
    site_id             uuid        not null,
    origin              varchar(64) not null,
    reason              varchar(32) not null,
    study_instance_uid  varchar(64) not null,
    series_instance_uid varchar(64) not null,
    sop_instance_uid    varchar(64) not null,
    sop_class_uid       varchar(64) not null,
    transfer_syntax_uid varchar(64) not null,
    digest              bytea       not null check (octet_length(digest) = 32),
    blob_key            uuid        not null,
    blob_bytes          bigint      not null,
    times_received      integer     not null default 1,
    first_received_at   timestamptz not null,
    last_received_at    timestamptz not null,
    resolved_at         timestamptz,
    -- a re-send of quarantined bytes counts up, it is not kept twice
    constraint quarantined_once unique (sop_instance_uid, digest, site_id, reason),
    constraint quarantine_blob_key_once unique (blob_key)
);

-- the coordinator's list of what waits for a decision
create index quarantine_open on quarantine (site_id, id) where resolved_at is null;

create table alert (
    id              bigint generated always as identity primary key,
    kind            varchar(32) not null,
    site_id         uuid        not null,
    quarantine_ref  bigint references quarantine (id),
    raised_at       timestamptz not null,
    acknowledged_at timestamptz
);

-- the operator's list of alerts not yet seen
create index alert_open on alert (id) where acknowledged_at is null;

-- Blobs that are no instance but are kept: the camera's original of a photo.
create table kept_blob (
    blob_key     uuid primary key,
    kind         varchar(32) not null,
    site_id      uuid        not null,
    instance_ref bigint references instance (id),
    blob_bytes   bigint      not null,
    digest       bytea       not null check (octet_length(digest) = 32),
    created_at   timestamptz not null
);
