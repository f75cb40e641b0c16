-- What an AE title may do, and where it listens. Titles that were registered before go on doing what
-- they could: store.
alter table reading.ae_title
    add column host varchar(255),
    add column port integer check (port between 1 and 65535),
    add column tls boolean not null default false,
    add column rights text[] not null default '{STORE}'
        check (rights <@ array['STORE', 'QUERY', 'RETRIEVE', 'RECEIVE']),
    add constraint ae_title_address_is_whole check ((host is null) = (port is null));

alter table reading.ae_title alter column rights set default '{STORE,QUERY,RETRIEVE}';
