-- Studies for measuring searches: names of syllables, ten years, ten modalities, one series of two
-- instances each. Nothing here is of a person.
insert into archive.patient (site_id, patient_id, issuer_of_patient_id, created_at)
select cast('00000000-0000-0000-0000-00000000000' || to_hex(10 + n % 4) as uuid),
  'P' || lpad((n::bigint * 7919 % 10000019)::text, 8, '0'), case when n % 10 = 0 then 'OTHER' else 'CLINIC' end, now()
from generate_series(1, {patients}) n;

with words as (
  select array['Ab','Ad','Al','An','Ar','Ba','Be','Bo','Ca','Co','Da','De','El','Fa','Ga','Go','Ha','Hu','Ib','Jo','Ka','Ko','La','Li','Ma','Mo','Na','No','Ok','Pe','Qu','Ra','Ro','Sa','Sch','Ta','Te','Va','Wa','Zu'] as a,
  array['bara','bell','berg','chi','dane','del','dos','ema','fara','gard','gon','hart','imi','jan','kin','lani','lez','lin','man','mith','mura','nari','neto','nov','okoro','ous','pert','quez','rez','ros','sen','son','stein','tani','tova','ulu','vić','wara','yama','zon'] as b,
  array['Ama','Ben','Cla','Dan','Ele','Fat','Geo','Han','Ing','Jos','Kar','Lui','Mar','Nao','Oli','Pau','Ros','Sof','Tom','Yus'] as c,
  array['','a','ah','ana','e','el','en','ia','ie','ika','in','ine','is','o','ra','ri','son','ta','us','y'] as d),
drawn as (
  select n, 1 + (n::bigint * 48271 % {patients}) as patient from generate_series(1, {studies}) n)
insert into archive.study (study_instance_uid, site_id, patient_ref, patient_name, patient_name_key,
  patient_birth_date, patient_sex, study_date, study_time, accession_number, study_id,
  study_description, referring_physician_name, referring_physician_key, timezone_offset_from_utc,
  created_at, series_count, instance_count, byte_count, modalities, sop_classes)
select '1.2.826.0.1.3680043.10.999.' || n, p.site_id, p.id, name, array[lower(name)],
  date '1930-01-01' + (p.id * 31 % 30000)::integer, case when p.id % 2 = 0 then 'F' else 'M' end,
  date '2016-01-01' + (n::bigint * 3650 / {studies})::integer, to_char(time '07:00' + make_interval(secs => n % 40000), 'HH24MISS'),
  'A' || lpad(n::text, 9, '0'), 'S' || n,
  (array['Chest PA','Chest PA and lateral','CT abdomen with contrast','MR knee left','Hand PA','US abdomen','CT head','Mammography screening','MR brain','Knee AP and lateral'])[1 + n % 10] || case when n % 997 = 0 then ' follow-up of nodule' else '' end,
  ref, array[lower(ref)], '', now(), 1, 2, 1048576, array[m], array[c]
from (
  select d.*, w.a[1 + (floor(40 * power(abs(hashint8(1 + d.patient)) / 2147483648.0, 2)))::integer] || w.b[1 + (abs(hashint8(d.patient * 3 + 1)) % 40)::integer]
      || '^' || w.c[1 + (abs(hashint8(d.patient * 5 + 2)) % 20)::integer] || w.d[1 + (abs(hashint8(d.patient * 7 + 3)) % 20)::integer] as name,
    w.a[1 + n % 40] || w.b[1 + n % 37] || '^' || w.c[1 + n % 20] as ref,
    (array['CT','DX','DX','CR','MR','US','DX','CT','MG','US'])[1 + n % 10] as m0,
    case when n % 5003 = 0 then 'OPT' else (array['CT','DX','DX','CR','MR','US','DX','CT','MG','US'])[1 + n % 10] end as m,
    (array['1.2.840.10008.5.1.4.1.1.2','1.2.840.10008.5.1.4.1.1.1.1','1.2.840.10008.5.1.4.1.1.1.1','1.2.840.10008.5.1.4.1.1.1','1.2.840.10008.5.1.4.1.1.4','1.2.840.10008.5.1.4.1.1.6.1','1.2.840.10008.5.1.4.1.1.1.1','1.2.840.10008.5.1.4.1.1.2','1.2.840.10008.5.1.4.1.1.1.2','1.2.840.10008.5.1.4.1.1.6.1'])[1 + n % 10] as c
  from drawn d, words w) v
join archive.patient p on p.id = (select min(id) - 1 from archive.patient) + v.patient
order by n;

insert into archive.series (study_ref, series_instance_uid, modality, series_number, series_description,
  body_part_examined, laterality, performed_procedure_step_start_date, performed_procedure_step_start_time,
  created_at, instance_count, byte_count)
select id, study_instance_uid || '.1', modalities[1], 1, study_description || ' series',
  (array['CHEST','CHEST','ABDOMEN','KNEE','HAND','ABDOMEN','HEAD','BREAST','BRAIN','KNEE'])[1 + id % 10], '', study_date, study_time, now(), 2, 1048576
from archive.study order by id;

insert into archive.instance (study_ref, series_ref, sop_instance_uid, sop_class_uid, transfer_syntax_uid,
  instance_number, rows, columns, bits_allocated, number_of_frames, digest, blob_key, blob_bytes, dataset_offset, origin, received_at)
select e.study_ref, e.id, e.series_instance_uid || '.' || k, s.sop_classes[1], '1.2.840.10008.1.2.1', k, 512, 512, 16, 1,
  decode('00000000000000000000000000000000000000000000000000000000000000ff', 'hex'), gen_random_uuid(), 524288, 1000, 'fill', now()
from archive.series e join archive.study s on s.id = e.study_ref, generate_series(1, 2) k order by e.id, k;
insert into archive.series_request (series_ref, requested_procedure_id,
  scheduled_procedure_step_id, accession_number, study_instance_uid)
select e.id, 'RP' || e.id, 'SPS' || e.id, '', '' from archive.series e where e.id % 3 = 0;

analyze archive.patient, archive.study, archive.series, archive.instance, archive.series_request;
