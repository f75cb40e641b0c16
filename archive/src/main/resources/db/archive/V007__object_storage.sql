-- Where blobs lie: one store takes new ones; until a move has ended, older ones lie in a source.
create table blob_store (
    -- 'file', or s3://bucket/prefix
    location text primary key,
    state    varchar(16) not null check (state in ('IN_USE', 'SOURCE', 'DROPPED')),
    since    timestamptz not null
);
create unique index blob_store_in_use_once on blob_store (state) where state = 'IN_USE';
create unique index blob_store_source_once on blob_store (state) where state = 'SOURCE';

-- The move from the source to the store in use, asked for by an operator.
create table blob_move (
    single_row       boolean primary key default true check (single_row),
    state            varchar(16) not null check (state in ('RUNNING', 'DONE', 'DROPPING', 'DROPPED')),
    bytes_per_second bigint      not null check (bytes_per_second > 0),
    began_at         timestamptz not null,
    listed_at        timestamptz,
    done_at          timestamptz
);

create table blob_copy (
    blob_key   uuid primary key,
    byte_count bigint      not null,
    state      varchar(16) not null check (state in ('WAITING', 'COPIED', 'GONE', 'DAMAGED')),
    attempts   integer     not null default 0,
    changed_at timestamptz not null
);

-- the copier: what to copy next
create index blob_copy_waiting on blob_copy (blob_key) where state = 'WAITING';

-- How far the scrub is in its pass over all that is stored.
create table scrub (
    single_row boolean primary key default true check (single_row),
    pass       bigint      not null,
    phase      varchar(16) not null check (phase in ('INSTANCE', 'QUARANTINE', 'KEPT', 'ENDED')),
    -- the last blob looked at in this phase
    last_id    bigint      not null,
    last_key   uuid,
    blobs      bigint      not null,
    bytes      bigint      not null,
    began_at   timestamptz not null,
    ended_at   timestamptz
);

-- Blobs that are not what was stored. Nothing is deleted here or there by itself.
create table integrity_finding (
    id           bigint generated always as identity primary key,
    blob_key     uuid        not null,
    kind         varchar(16) not null check (kind in ('MISSING', 'WRONG_SIZE', 'DAMAGED', 'UNREADABLE')),
    stored_as    varchar(16) not null,
    site_id      uuid        not null,
    times_seen   integer     not null default 1,
    found_at     timestamptz not null,
    last_seen_at timestamptz not null,
    resolved_at  timestamptz,
    constraint integrity_finding_once unique (blob_key, kind)
);

-- the operator's count, and what a sound read resolves
create index integrity_finding_open on integrity_finding (blob_key) where resolved_at is null;
