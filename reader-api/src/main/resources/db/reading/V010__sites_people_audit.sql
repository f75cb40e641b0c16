create table reading.site (
    id                uuid primary key,
    code              varchar(32) not null,
    name              varchar(200) not null,
    address           text not null default '',
    default_specialty varchar(16) not null check (default_specialty in ('RADIOLOGY', 'DERMATOLOGY')),
    allow_unknown_ae  boolean not null default false,
    logo              bytea,
    logo_media_type   varchar(32),
    created_at        timestamptz not null default now()
);
create unique index site_code on reading.site (lower(code));
-- At most one site takes what unknown AE titles send.
create unique index site_for_unknown_ae on reading.site (allow_unknown_ae) where allow_unknown_ae;

create table reading.ae_title (
    ae_title   varchar(16) primary key,
    site_id    uuid not null references reading.site,
    created_at timestamptz not null default now()
);
-- The AE titles of a site, with each site that is read.
create index ae_title_of_site on reading.ae_title (site_id);

create table reading.person (
    id                  uuid primary key,
    login               varchar(64) not null,
    display_name        varchar(200) not null,
    credentials         varchar(200) not null default '',
    organisation        varchar(200) not null default '',
    role                varchar(16) not null
        check (role in ('CLINIC', 'READER', 'REFERRER', 'COORDINATOR', 'ADMINISTRATOR')),
    specialty           varchar(16) check (specialty in ('RADIOLOGY', 'DERMATOLOGY')),
    site_id             uuid references reading.site,
    password_hash       text not null,
    active              boolean not null default true,
    created_at          timestamptz not null default now(),
    password_changed_at timestamptz not null default now(),
    check (role <> 'CLINIC' or site_id is not null),
    check (role <> 'READER' or specialty is not null)
);
create unique index person_login on reading.person (lower(login));

create table reading.setup_link (
    token_hash bytea primary key,
    created_at timestamptz not null default now(),
    used_at    timestamptz
);

create table reading.audit_event (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default clock_timestamp(),
    kind        varchar(32) not null,
    kind_code   varchar(16) not null,
    action      char(1) not null check (action in ('C', 'R', 'U', 'D', 'E')),
    outcome     smallint not null check (outcome in (0, 4, 8, 12)),
    actor       text not null,
    person_id   uuid,
    address     text not null,
    object_kind varchar(32) not null,
    object_id   text not null,
    detail      text not null
);
-- Who touched this object.
create index audit_event_of_object on reading.audit_event (object_kind, object_id, id);
-- What this person did.
create index audit_event_of_person on reading.audit_event (person_id, id);

create function reading.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only' using errcode = 'integrity_constraint_violation';
end
$$;
create trigger audit_event_append_only
    before update or delete or truncate on reading.audit_event
    for each statement execute function reading.refuse_change();
