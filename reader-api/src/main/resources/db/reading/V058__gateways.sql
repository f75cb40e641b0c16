-- The computers at the clinics that send parcels. A token has 256 random bits; only its SHA-256 is
-- kept.
create table reading.gateway (
  id uuid primary key,
  site_id uuid not null references reading.site (id),
  name varchar(64) not null,
  software varchar(64) not null,
  token_hash bytea not null unique,
  enrolled_at timestamptz not null default clock_timestamp(),
  switched_off_at timestamptz,
  -- what the hub sets for it: names and values
  configuration jsonb not null default '{}'
);
-- one gateway in use of a name
create unique index gateway_name on reading.gateway (lower(name)) where switched_off_at is null;
create index gateway_of_site on reading.gateway (site_id) where switched_off_at is null;

-- When a gateway was heard of last and what it said of itself; apart, as it is written often.
create table reading.gateway_contact (
  gateway_id uuid primary key references reading.gateway (id),
  at timestamptz not null,
  status jsonb,
  status_at timestamptz
);

-- One-time codes of a site. A code that was used is answered again to the gateway that used it.
create table reading.gateway_code (
  code_hash bytea primary key,
  site_id uuid not null references reading.site (id),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  gateway_id uuid references reading.gateway (id)
);

-- The key that signs receipts (Ed25519), made once.
create table reading.receipt_key (
  single boolean primary key default true check (single),
  private_key bytea not null,
  public_key bytea not null,
  made_at timestamptz not null default clock_timestamp()
);

-- What gateways are told. Whoever writes only inserts; the number that a gateway acknowledges is
-- given when it asks, under the lock of gateway_outbox, so that numbers are in order of what is
-- committed.
create table reading.gateway_message (
  id bigint generated always as identity primary key,
  gateway_id uuid not null references reading.gateway (id),
  sequence bigint,
  body jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (gateway_id, sequence)
);
create index gateway_message_unnumbered on reading.gateway_message (gateway_id, id)
  where sequence is null;
create table reading.gateway_outbox (
  gateway_id uuid primary key references reading.gateway (id),
  last_sequence bigint not null default 0,
  acknowledged bigint not null default 0
);
create function reading.tell_gateway() returns trigger language plpgsql as $$
begin
  perform pg_notify('heliograph_gateway', new.gateway_id::text);
  return null;
end $$;
create trigger gateway_message_is_told after insert on reading.gateway_message
  for each row execute function reading.tell_gateway();
