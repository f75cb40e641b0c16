-- Searches are answered from indexes, and counts are kept by ingest instead of being made by each
-- query. What stands here was filled for the studies that were stored before.

create extension if not exists pg_trgm;

-- A text for matching without regard to case, width and marks: one character for each one of the
-- key, in ASCII, so that trigrams are the same under every locale. All that is neither letter nor
-- digit is a space, and a space is at either end: a word begins after a space. It finds more than
-- it should, so the key itself has the last word. Kept in step with SearchText.
create function search_text(keys text[]) returns text
  language sql immutable parallel safe as $$
  select ' ' || coalesce(string_agg(
    case
      when c between '0' and '9' collate "C" or c between 'a' and 'z' collate "C" then c
      when ascii(c) < 128 then ' '
      else 'u' || to_hex(ascii(c))
    end, '' order by n), '') || ' '
  from regexp_split_to_table(
    regexp_replace(normalize(array_to_string(keys, '='), NFKD), '[\u0300-\u036f]', '', 'g'), '')
    with ordinality as t (c, n)
$$;

-- The time of a TM value, also of one with colons; null where it is none.
create function time_of_day(value text) returns time
  language sql immutable parallel safe as $$
  select case
    when replace(value, ':', '') ~ '^([01][0-9]|2[0-3])([0-5][0-9]([0-5][0-9](\.[0-9]{1,6})?)?)?$'
    then make_time(
      substr(replace(value, ':', ''), 1, 2)::integer,
      coalesce(nullif(substr(replace(value, ':', ''), 3, 2), ''), '0')::integer,
      coalesce(nullif(substr(replace(value, ':', ''), 5), ''), '0')::double precision)
    end
$$;

-- The offset of a Timezone Offset From UTC; null where it is none.
create function utc_offset(value text) returns interval
  language sql immutable parallel safe as $$
  select case when value ~ '^[+-][01][0-9][0-5][0-9]$'
    then make_interval(
      mins => (substr(value, 1, 1) || '1')::integer
        * (substr(value, 2, 2)::integer * 60 + substr(value, 4, 2)::integer))
    end
$$;

-- The last letter of a word is folded as the same letter elsewhere.
update study
set patient_name_key = translate(patient_name_key::text, 'ς', 'σ')::text[],
    referring_physician_key = translate(referring_physician_key::text, 'ς', 'σ')::text[]
where patient_name_key::text like '%ς%' or referring_physician_key::text like '%ς%';

alter table study
  -- studies are listed newest first; one without a date is older than all
  add column ordering_date date not null
    generated always as (coalesce(study_date, date '0001-01-01')) stored,
  add column patient_name_text text not null
    generated always as (search_text(patient_name_key)) stored,
  add column referring_physician_text text not null
    generated always as (search_text(referring_physician_key)) stored,
  add column series_count integer not null default 0,
  add column instance_count integer not null default 0,
  add column byte_count bigint not null default 0,
  -- sorted, without the empty one
  add column modalities text[] not null default '{}',
  add column sop_classes text[] not null default '{}',
  -- counts change in place
  set (fillfactor = 85);

alter table series
  add column instance_count integer not null default 0,
  add column byte_count bigint not null default 0,
  set (fillfactor = 85);

update series e
set instance_count = i.instances, byte_count = i.bytes
from (select series_ref, count(*) as instances, sum(blob_bytes) as bytes
      from instance group by series_ref) i
where i.series_ref = e.id;

update study s
set series_count = e.series_count,
    instance_count = e.instance_count,
    byte_count = e.byte_count,
    modalities = e.modalities,
    sop_classes = coalesce(i.sop_classes, '{}')
from (select study_ref, count(*) as series_count, sum(instance_count) as instance_count,
        sum(byte_count) as byte_count,
        coalesce(array_agg(distinct modality order by modality) filter (where modality <> ''), '{}')
          as modalities
      from series group by study_ref) e
left join (select study_ref, array_agg(distinct sop_class_uid order by sop_class_uid) as sop_classes
      from instance group by study_ref) i on i.study_ref = e.study_ref
where e.study_ref = s.id;

-- Request Attributes Sequence (0040,0275) of a series.
create table series_request (
    id                          bigint generated always as identity primary key,
    series_ref                  bigint      not null references series (id),
    requested_procedure_id      varchar(64) not null,
    scheduled_procedure_step_id varchar(64) not null,
    accession_number            varchar(64) not null,
    study_instance_uid          varchar(64) not null
);

-- the requests of a series
create index series_request_of_series on series_request (series_ref);
-- QIDO and C-FIND: series of an order
create index series_request_by_procedure
    on series_request (requested_procedure_id text_pattern_ops);
create index series_request_by_step
    on series_request (scheduled_procedure_step_id text_pattern_ops);
create index series_request_by_accession
    on series_request (accession_number text_pattern_ops);

-- QIDO and C-FIND: studies newest first, of a range of dates, and the rows before a page
drop index study_by_date;
create index study_newest on study (ordering_date desc, id desc);
-- the same for those who see one site
create index study_newest_of_site on study (site_id, ordering_date desc, id desc);
-- accession number, whole or by its beginning, under every collation
drop index study_by_accession_number;
create index study_by_accession_number on study (accession_number text_pattern_ops);
create index study_by_study_id on study (study_id text_pattern_ops);
create index study_by_birth_date on study (patient_birth_date);
-- any part of a name, a number or a description
create index study_by_patient_name on study
    using gin (patient_name_text gin_trgm_ops) with (fastupdate = off);
create index study_by_referring_physician on study
    using gin (referring_physician_text gin_trgm_ops) with (fastupdate = off);
create index study_by_description on study
    using gin (study_description gin_trgm_ops) with (fastupdate = off);
create index study_by_accession_part on study
    using gin (accession_number gin_trgm_ops) with (fastupdate = off);
-- what is rare among modalities and SOP classes
create index study_by_content on study
    using gin (modalities, sop_classes) with (fastupdate = off);

create index patient_by_patient_id on patient (patient_id text_pattern_ops);
create index patient_by_patient_id_part on patient
    using gin (patient_id gin_trgm_ops) with (fastupdate = off);

create index series_by_description on series
    using gin (series_description gin_trgm_ops) with (fastupdate = off);
create index series_by_modality on series (modality, id);
create index series_by_body_part on series (body_part_examined text_pattern_ops);
create index series_by_start_date on series (performed_procedure_step_start_date);
