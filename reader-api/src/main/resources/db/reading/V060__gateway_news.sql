-- The cases that came by a gateway, and what the gateway was told of each last.
create table reading.gateway_case (
  gateway_id uuid not null references reading.gateway (id),
  case_id uuid not null references reading.case_file (id),
  told text not null default '',
  primary key (gateway_id, case_id)
);
create index gateway_case_of_case on reading.gateway_case (case_id);

-- Reports that gateways are to be told of.
create table reading.gateway_report (
  gateway_id uuid not null references reading.gateway (id),
  delivery_id uuid not null references reading.delivery (id),
  told_at timestamptz,
  attempt int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  primary key (gateway_id, delivery_id)
);
create index gateway_report_due on reading.gateway_report (due_at) where told_at is null;

-- A delivered report in the forms that a gateway fetches, kept as they were when it was told.
create table reading.delivery_form (
  delivery_id uuid not null references reading.delivery (id),
  form text not null check (form in ('pdf', 'sr', 'text')),
  content bytea not null,
  primary key (delivery_id, form)
);
