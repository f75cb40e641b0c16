-- THE one place that says which cases a person may see. Every query joins it.
--   CLINIC       cases of the own site
--   READER       cases of the own specialty that wait for a reader, and those held or read by self
--   REFERRER     cases naming them, once the report is signed
--   COORDINATOR  all
--   ADMINISTRATOR none
create function reading.visible_case(viewer uuid) returns table (case_id uuid) language sql stable as $$
  select c.id
  from reading.person p, reading.case_file c
  where p.id = viewer
    and p.active
    and (
      (p.role = 'CLINIC' and c.site_id = p.site_id)
      or (p.role = 'READER' and c.state = 'WAITING' and c.specialty = p.specialty)
      or (p.role = 'READER' and c.reader_id = p.id)
      or (p.role = 'REFERRER' and c.referrer_id = p.id
          and c.state in ('FINAL', 'DELIVERED', 'ACKNOWLEDGED', 'AMENDED'))
      or p.role = 'COORDINATOR'
    )
$$;

-- The studies of the cases a person may see, for DICOMweb.
create function reading.visible_study(viewer uuid) returns table (
  study_instance_uid varchar, case_id uuid, archive_study_id bigint)
language sql stable as $$
  select s.study_instance_uid, s.case_id, s.archive_study_id
  from reading.case_study s
  join reading.visible_case(viewer) v on v.case_id = s.case_id
$$;
