-- The four sites of the synthetic catalog, and a case for each of its studies, so that searches
-- ask the rule of who may see what.
insert into reading.site (id, code, name, address, default_specialty)
select cast('00000000-0000-0000-0000-00000000000' || to_hex(n) as uuid), 'BENCH-' || n, 'Site ' || n, '', 'RADIOLOGY'
from generate_series(10, 13) n
on conflict do nothing;

update reading.ae_title set site_id = '00000000-0000-0000-0000-00000000000a' where ae_title = '{calling}';
update reading.person set site_id = '00000000-0000-0000-0000-00000000000a' where role = 'CLINIC';

insert into reading.case_file (id, number, site_id, specialty, state, urgency, version, event_count,
  patient_family_name, patient_given_name, patient_id, issuer_of_patient_id, patient_birth_date,
  patient_sex, has_request, body_part, question, history, accession_number, expects_xray, modality,
  image_count, created_at, updated_at)
select cast(md5(s.study_instance_uid) as uuid), 'BENCH-' || s.id, s.site_id, 'RADIOLOGY',
  case when s.id % 1000 = 0 then 'WAITING' else 'ACKNOWLEDGED' end, 'ROUTINE', 1, 1,
  split_part(s.patient_name, '^', 1), split_part(s.patient_name, '^', 2), p.patient_id,
  p.issuer_of_patient_id, s.patient_birth_date, s.patient_sex, true, '', '', '', s.accession_number,
  false, s.modalities[1], 2, now(), now()
from archive.study s join archive.patient p on p.id = s.patient_ref;

insert into reading.case_study (study_instance_uid, case_id, origin, archive_study_id, linked_at)
select study_instance_uid, cast(md5(study_instance_uid) as uuid), 'SENT', id, now()
from archive.study;

analyze reading.case_file, reading.case_study;
