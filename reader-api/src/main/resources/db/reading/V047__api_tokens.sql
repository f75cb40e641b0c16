-- Credentials of programs. Only the SHA-256 of a token is kept; the token itself has 256 random bits.
create table reading.api_token (
    id           uuid primary key,
    name         varchar(64) not null,
    token_hash   bytea not null,
    person_id    uuid not null references reading.person,
    rights       text[] not null
        check (rights <@ array['DICOMWEB_READ', 'DICOMWEB_STORE', 'DICOMWEB_WORKLIST'] and cardinality(rights) > 0),
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);
-- The token of a request.
create unique index api_token_hash on reading.api_token (token_hash);
-- One token of a name in use; the names of those that were revoked are free again.
create unique index api_token_name on reading.api_token (lower(name)) where revoked_at is null;
