-- What the archive asks of a study when it decides on keeping it. In PL/pgSQL, since the schema of
-- the archive may come after this one.

create function reading.study_specialty(study varchar) returns text language plpgsql stable as $$
begin
  return (select c.specialty from reading.case_study s
    join reading.case_file c on c.id = s.case_id where s.study_instance_uid = study);
end $$;

-- When a person last looked at its images.
create function reading.study_last_use(study varchar) returns timestamptz
language plpgsql stable as $$
begin
  return (select max(e.at) from reading.audit_event e
    where e.object_kind = 'study' and e.object_id = study and e.kind = 'INSTANCES_ACCESSED');
end $$;

-- Whether its case is under a legal hold.
create function reading.study_is_held(study varchar) returns boolean
language plpgsql stable as $$
begin
  return exists (select 1 from reading.case_study s
    join archive.legal_hold h on h.case_id = s.case_id and h.released_at is null
    where s.study_instance_uid = study);
end $$;
