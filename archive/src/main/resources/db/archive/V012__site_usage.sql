-- How many bytes the images of each site take, hidden ones too. Ingest and removal only ever add a
-- row: nobody waits for another one's row. The rows are summed up now and then.
create table site_usage (
    site_id        uuid primary key,
    byte_count     bigint not null,
    instance_count bigint not null
);
insert into site_usage (site_id, byte_count, instance_count)
select site_id, sum(byte_count), sum(instance_count) from study group by site_id;

create table site_usage_change (
    id             bigint generated always as identity primary key,
    site_id        uuid   not null,
    byte_count     bigint not null,
    instance_count bigint not null
);

create table site_quota (
    site_id    uuid primary key,
    byte_limit bigint      not null check (byte_limit > 0),
    -- SOFT warns, HARD refuses
    mode       varchar(8)  not null check (mode in ('SOFT', 'HARD')),
    -- the last threshold that an alert was raised for: 0, 80, 95, 100
    warned     integer     not null default 0,
    set_at     timestamptz not null
);
