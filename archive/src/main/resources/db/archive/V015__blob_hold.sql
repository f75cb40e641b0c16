-- While one of these lasts no blob is removed: a backup copies what its snapshot of the database
-- names. The holder prolongs it; that of a process that died lapses.
create table blob_hold (
    holder     uuid primary key,
    held_until timestamptz not null
);
