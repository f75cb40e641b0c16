-- A while after a parcel is complete its previews and what it said of the patient are removed: the
-- archive has the pictures, and the case the patient.
alter table reading.parcel add column tidied boolean not null default false;
create index parcel_untidied on reading.parcel (completed_at)
  where completed_at is not null and not tidied;
