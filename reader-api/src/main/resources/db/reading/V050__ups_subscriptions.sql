-- Who is told of changes of workitems (PS3.4 CC.2.3), and what they have not been told yet.

create table reading.ups_subscriber (
  id bigint generated always as identity primary key,
  person_id uuid not null references reading.person (id),
  ae_title varchar(16) not null,
  -- the global subscription: of every workitem to come that is visible and has the keys
  global text not null default 'NONE' check (global in ('NONE', 'WITH_LOCK', 'WITHOUT_LOCK')),
  -- DICOM JSON; '{}' matches everything
  match_keys text not null default '{}',
  -- reports were dropped because there were too many; the next channel begins with the states
  overflowed boolean not null default false,
  seen_at timestamptz not null default clock_timestamp(),
  unique (person_id, ae_title)
);

create table reading.ups_subscription (
  subscriber_id bigint not null references reading.ups_subscriber (id) on delete cascade,
  workitem_id bigint not null references reading.ups_workitem (id) on delete cascade,
  deletion_lock boolean not null,
  -- whether the person could see the workitem after its last change
  in_view boolean not null,
  primary key (subscriber_id, workitem_id)
);
create index ups_subscription_of_workitem on reading.ups_subscription (workitem_id);

create table reading.ups_event (
  id bigint generated always as identity primary key,
  subscriber_id bigint not null references reading.ups_subscriber (id) on delete cascade,
  workitem_uid varchar(64) not null,
  event_type smallint not null,
  -- DICOM JSON of the event information
  report text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index ups_event_of_subscriber on reading.ups_event (subscriber_id, id);

create function reading.tell_ups_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('heliograph_ups', new.subscriber_id::text);
  return null;
end $$;

create trigger ups_event_is_told after insert on reading.ups_event
  for each row execute function reading.tell_ups_event();
