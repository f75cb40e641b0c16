-- Studies whose patient was corrected: their cases are compared with the request anew.
create table reading.patient_recheck (
  study_instance_uid varchar(64) primary key,
  asked_at timestamptz not null default clock_timestamp()
);
