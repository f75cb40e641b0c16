-- The revision that a gateway gave to what it said last of a performed step; 0 for steps told by
-- DIMSE.
alter table reading.performed_step add column gateway_revision bigint not null default 0;
