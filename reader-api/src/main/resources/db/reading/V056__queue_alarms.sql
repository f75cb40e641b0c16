-- When the oldest of a queue waited longer than it may.
create table reading.queue_alarm (
  id bigint generated always as identity primary key,
  queue text not null,
  oldest_seconds bigint not null,
  raised_at timestamptz not null default clock_timestamp(),
  cleared_at timestamptz
);
create unique index queue_alarm_open on reading.queue_alarm (queue) where cleared_at is null;
